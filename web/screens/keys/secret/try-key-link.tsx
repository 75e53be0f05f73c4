import { MessagesSquare } from 'lucide-react';
import { keyInHand } from '../../../key-in-hand/key-in-hand.ts';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { useConsole } from '../../../shell/console-context.ts';

/** Leads to the playground with a value that was made a moment ago. */
export function TryKeyLink({ value }: { value: string }) {
  const hand = keyInHand(useConsole());
  return (
    <LinkButton
      to="/playground"
      icon={<MessagesSquare aria-hidden />}
      onClick={() => hand.hold(value, { isNew: true })}
    >
      Try it in the playground
    </LinkButton>
  );
}
