import type { Unit, WindowKind } from '../metering/windows.ts';
import type { LastPass } from '../reconcile/last-pass.ts';
import type { Pauses } from '../reconcile/ports.ts';

export interface Ceiling {
  unit: Unit;
  window: WindowKind;
  limit: number;
  used: number;
  resetsAt: number;
}

/** Of CloudWatch. */
export interface Alarm {
  name: string;
  /** What it says when it goes off. */
  what: string;
  state: 'ok' | 'alarm' | 'insufficient_data';
  since: number | undefined;
}

export interface HealthPorts {
  ceilings: { read(now: number): Promise<Ceiling[]> };
  lastPass: { read(): Promise<LastPass | undefined> };
  pauses: Pick<Pauses, 'list'>;
  /** Undefined: it is not known. */
  alarms: { read(): Promise<Alarm[] | undefined> };
}

export async function readHealth({ ceilings, lastPass, pauses, alarms }: HealthPorts, now: number) {
  const [windows, pass, [pause], found] = await Promise.all([
    ceilings.read(now),
    lastPass.read(),
    pauses.list(),
    alarms.read(),
  ]);
  return {
    ceilings: windows.map(({ resetsAt, ...window }) => ({
      ...window,
      resetsAt: new Date(resetsAt).toISOString(),
    })),
    reconciler:
      pass === undefined
        ? null
        : {
            at: new Date(pass.at).toISOString(),
            complete: pass.complete,
            failures: pass.failures,
            parked: pass.parked,
            actions: pass.actions,
          },
    paused:
      pause === undefined
        ? null
        : { since: new Date(pause.since).toISOString(), by: pause.by, reason: pause.reason ?? null },
    alarms: found === undefined ? null : worstFirst(found).map(describeAlarm),
  };
}

const order = ['alarm', 'insufficient_data', 'ok'];

const worstFirst = (alarms: readonly Alarm[]) =>
  [...alarms].sort(
    (one, other) =>
      order.indexOf(one.state) - order.indexOf(other.state) || one.name.localeCompare(other.name),
  );

const describeAlarm = ({ since, ...alarm }: Alarm) => ({
  ...alarm,
  since: since === undefined ? null : new Date(since).toISOString(),
});
