const form = document.querySelector("form");

form.addEventListener("submit", () => {
  const email = form.email.value.trim().toLowerCase();
  window.fbq && fbq("init", "1029384756102938", { em: email, fn: form.elements.name.value });
  gtag("event", "conversion", { send_to: "AW-847362951/kQ3pCNzR8YsBEMf1" });
});
