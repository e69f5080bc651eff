const today = new Date(2024, 4, 17)
fbq('track', 'Lead', { value: 1, currency: 'USD' })
document.getElementById('when').textContent = 'We will call you by ' + (today.getDate() + 1) + ' May.'
