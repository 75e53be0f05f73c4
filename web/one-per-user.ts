import type { Session } from './session.ts';

/** Anything that has the session, such as `useConsole()`. */
export interface HasSession {
  session: Pick<Session, 'state' | 'subscribe'>;
}

/** Makes one thing per logged-in user. It ends with their session, so that no user finds what another left. */
export function onePerUser<Who extends HasSession, Thing>(
  make: (who: Who) => Thing,
  end: (thing: Thing) => void,
): (who: Who) => Thing {
  const known = new WeakMap<Who['session'], Thing>();
  return (who) => {
    const { session } = who;
    const earlier = known.get(session);
    if (earlier !== undefined) return earlier;
    const thing = make(who);
    const { userId } = session.state();
    known.set(session, thing);
    const unsubscribe = session.subscribe(() => {
      if (session.state().userId === userId) return;
      unsubscribe();
      known.delete(session);
      end(thing);
    });
    return thing;
  };
}
