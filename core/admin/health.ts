import type { Unit, WindowKind } from '../metering/windows.ts';
import type { LastPass } from '../reconcile/last-pass.ts';

export interface Ceiling {
  unit: Unit;
  window: WindowKind;
  limit: number;
  used: number;
  resetsAt: number;
}

export interface HealthPorts {
  ceilings: { read(now: number): Promise<Ceiling[]> };
  lastPass: { read(): Promise<LastPass | undefined> };
}

/** What can be told of the deployment from its table. */
export async function readHealth({ ceilings, lastPass }: HealthPorts, now: number) {
  const [windows, pass] = await Promise.all([ceilings.read(now), lastPass.read()]);
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
  };
}
