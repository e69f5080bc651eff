import Script from "next/script";
import type { ReactNode } from "react";

const PIXEL_ID = process.env.NEXT_PUBLIC_META_PIXEL_ID ?? "1029384756102938";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
      <Script src="https://connect.facebook.net/en_US/fbevents.js" strategy="afterInteractive" />
      <Script id="meta-pixel" strategy="afterInteractive">{`
        window.fbq = window.fbq || function () { (fbq.queue = fbq.queue || []).push(arguments); };
        fbq('init', '${PIXEL_ID}');
        fbq('track', 'PageView');
      `}</Script>
    </html>
  );
}
