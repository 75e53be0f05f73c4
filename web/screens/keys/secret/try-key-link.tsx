import { MessagesSquare } from 'lucide-react';
import { keyInHand } from '../../../key-in-hand/key-in-hand.ts';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { useConsole } from '../../../shell/console-context.ts';

/** Opens the playground with a key that was just made. */
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
