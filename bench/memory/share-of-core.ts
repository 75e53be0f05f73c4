import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html: a whole core comes with this much memory. */
const memoryOfACore = 1_769;
/** A time slice: Linux's default of 100 ms would let a short call run through in one. */
const periodMicroseconds = 20_000;

/** A control group whose processes get the share of a core that Lambda gives for this much memory. */
export interface ShareOfCore {
  /** Written with a process's id, it holds that process. */
  joinFile: string;
  remove(): void;
}

/** @throws when this system has no CPU controller that we may use */
export function shareOfCore(memoryMiB: number): ShareOfCore {
  const quota = Math.round((memoryMiB / memoryOfACore) * periodMicroseconds);
  const name = `daypass-bench-${process.pid}-${memoryMiB}`;
  const first = '/sys/fs/cgroup/cpu';
  const isFirst = existsSync(first);
  const folder = join(isFirst ? first : '/sys/fs/cgroup', name);
  try {
    mkdirSync(folder);
    if (isFirst) {
      writeFileSync(join(folder, 'cpu.cfs_period_us'), String(periodMicroseconds));
      writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quota));
    } else writeFileSync(join(folder, 'cpu.max'), `${quota} ${periodMicroseconds}`);
  } catch (error) {
    throw new Error(
      `This needs Linux and a control group for CPU that this user may make: run it as root. (${(error as Error).message})`,
    );
  }
  return { joinFile: join(folder, 'cgroup.procs'), remove: () => rmdirSync(folder) };
}
