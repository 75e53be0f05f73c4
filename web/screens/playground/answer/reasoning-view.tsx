import { useState } from 'react';
import { Disclosure } from '../../../parts/disclosure.tsx';

/** What the model thought before it answered. Folded: few want to read it. */
export function ReasoningView({ text, isComing }: { text: string; isComing: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure title={isComing ? 'Thinking' : 'Thought'} open={open} onOpenChange={setOpen}>
      <p className="wrap-anywhere whitespace-pre-wrap border-line-strong border-l-2 pl-3.5 text-ink-soft">
        {text}
      </p>
    </Disclosure>
  );
}
