"use client";
import { useEffect } from "react";

export default function Done({ reason }: { reason: string }) {
  useEffect(() => {
    (window as any).fbq?.("track", "Schedule", { content_name: reason });
  }, [reason]);
  return <p>Thank you. We have sent you a message with the time of your visit.</p>;
}
