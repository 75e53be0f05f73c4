import type { SpendWarning } from '../metering/ports.ts';
import type { Mail } from './ports.ts';

/** @param keyName of the key that the warning is about */
export function spendWarningMail(to: string, warning: SpendWarning, keyName?: string): Mail {
  const { of, step, window, limit, resetsAt } = warning;
  const what = { key: `Your key “${keyName}”`, user: 'Your keys together', deployment: 'This deployment' }[
    of
  ];
  const dollars = `${limit} US dollars a ${window}`;
  const rest = { key: 'its calls are', user: 'their calls are', deployment: 'every call is' }[of];
  const next = `The next ${window} begins at ${new Date(resetsAt).toISOString()}.`;
  const then = step === 100 ? `Until then, ${rest} refused.` : `At 100%, ${rest} refused until then.`;
  const why =
    of === 'deployment'
      ? 'The settings of this deployment name this address for warnings of its ceilings.'
      : 'You get this mail because warnings are on in your settings.';
  const values = {
    whose: what,
    percent: `${step}%`,
    limit: dollars,
    resetsAt: new Date(resetsAt).toISOString(),
  };
  return {
    to,
    // What the operator is told has no text of the operator's.
    ...(of !== 'deployment' && { kind: 'spend-warning', values }),
    subject: `${step}% of ${dollars} spent`,
    text: `${what} spent ${step}% of ${dollars}. ${next} ${then}\n\n${why}\n`,
  };
}
