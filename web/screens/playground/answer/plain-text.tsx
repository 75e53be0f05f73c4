/** A text as it was written, each line in its own direction. */
export function PlainText({ text }: { text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap text-start [unicode-bidi:plaintext]">
      {text}
    </p>
  );
}
