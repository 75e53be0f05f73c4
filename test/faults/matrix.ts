import { findPlan } from '../../core/plans.ts';
import type { FaultKind, SeenCall, Strike } from './aws-proxy.ts';
import type { Environment, Functions, Outcome } from './functions.ts';
import { admittedAs, findFaults, type Inspector, type Snapshot, tracesOf } from './inspect.ts';
import { messageOperations } from './message-operations.ts';
import { type FunctionCall, type Operation, operations, otherPlan, type Subject } from './operations.ts';
import type { Platform } from './platform.ts';
import { providerOperations } from './provider-operations.ts';
import type { Workshop } from './workshop.ts';

/** Which call of an operation: the n-th of its kind. */
export interface CallName {
  service: string;
  operation: string;
  occurrence: number;
}

/** `lost once`: the SDK's next attempt gets through. All other faults strike every attempt. */
export type CellKind = FaultKind | 'lost once';
export const cellKinds: readonly CellKind[] = [
  'error',
  'throttle',
  'lost once',
  'lost',
  'timeout',
  'late',
  'killed-before',
  'killed-after',
];

export interface Cell {
  operation: Operation;
  at: CallName;
  kind: CellKind;
  /** Whether API Gateway also refuses the call by which the operation undoes what it did. */
  rollbackFails: boolean;
}

export interface RunCell {
  cell: Cell;
  subject: Subject;
  outcome: Outcome;
  calls: readonly SeenCall[];
  /** A secret that still worked when the operation had just said that it doesn't. */
  early: string[];
}

export const describeCell = ({ operation, at, kind, rollbackFails }: Cell): string =>
  `${operation.name} × ${at.operation} #${at.occurrence} × ${kind}${rollbackFails ? ` × ${operation.undoesBy} fails` : ''}`;

export interface Bench {
  platform: Platform;
  workshop: Workshop;
  functions: Functions;
}

/** Runs an operation without faults in a cold environment. @returns the calls it makes */
export async function learnCalls(bench: Bench, operation: Operation): Promise<CallName[]> {
  const lane = bench.platform.proxy.lane('learn');
  const environment = bench.functions.environment('learn', 'thread in real time');
  const subject = await operation.prepare(bench.platform, bench.workshop);
  lane.begin(undefined, undefined, subject.userId);
  const outcome = await invoke(bench, environment, operation.call(subject));
  environment.kill();
  if (outcome === 'killed' || outcome.status >= 500) {
    throw new Error(`${operation.name} without faults answered ${JSON.stringify(outcome)}`);
  }
  return nameCalls(lane.calls);
}

export function nameCalls(calls: readonly SeenCall[]): CallName[] {
  const firsts = calls.filter(({ attempt }) => attempt === 1);
  return firsts.map(({ service, operation }, at) => ({
    service,
    operation,
    occurrence: firsts.slice(0, at + 1).filter((call) => call.operation === operation).length,
  }));
}

/** A model is waited for for two minutes, by a timer that doesn't run faster. */
const isWaitedFor = ({ service }: CallName, kind: CellKind): boolean =>
  ['openai', 'anthropic', 'bedrock'].includes(service) && (kind === 'timeout' || kind === 'late');

/** Every call × every fault, also with the undoing failing in API Gateway. */
export function cellsOf(operation: Operation, calls: readonly CallName[]): Cell[] {
  const { undoesBy } = operation;
  return calls.flatMap((at) =>
    cellKinds.flatMap((kind) => {
      if (isWaitedFor(at, kind)) return [];
      // A killed operation rolls nothing back.
      const rollbacks =
        kind.startsWith('killed') || undoesBy === undefined || at.operation === undoesBy
          ? [false]
          : [false, true];
      return rollbacks.map((rollbackFails) => ({ operation, at, kind, rollbackFails }));
    }),
  );
}

/**
 * Runs cells side by side, each environment one at a time. On a machine that is busy elsewhere an operation may run
 * out of its fast time before it comes to the call: such cells are run again by themselves, in real time.
 */
export async function runCells(bench: Bench, cells: readonly Cell[], lanes: number): Promise<RunCell[]> {
  const waiting = [...cells];
  const done: RunCell[] = [];
  const tooSlow: Cell[] = [];
  await Promise.all(
    Array.from({ length: lanes }, async (_unused, at) => {
      const name = `lane${at}`;
      const environment = bench.functions.environment(name);
      for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
        const run = await runCell(bench, name, environment, cell);
        if (run !== undefined) done.push(run);
        // Otherwise the call that fails for the undoing may well end the operation before it.
        else if (!cell.rollbackFails) tooSlow.push(cell);
      }
      environment.kill();
    }),
  );
  const environment = bench.functions.environment('alone', 'thread in real time');
  for (const cell of tooSlow) {
    const run = await runCell(bench, 'alone', environment, cell);
    if (run === undefined) throw new Error(`${describeCell(cell)}: the call was never made`);
    done.push(run);
  }
  environment.kill();
  return done;
}

/** What a warm environment does not ask for again: plans' ids, the operator's secrets, the day's spend. */
const remembered: ReadonlySet<string> = new Set(['GetUsagePlans', 'GetSecretValue', 'BatchGetItem']);

/** @returns undefined where the call of this cell was not made */
async function runCell(
  bench: Bench,
  laneName: string,
  environment: Environment,
  cell: Cell,
): Promise<RunCell | undefined> {
  const lane = bench.platform.proxy.lane(laneName);
  if (remembered.has(cell.at.operation)) environment.kill();
  const subject = await cell.operation.prepare(bench.platform, bench.workshop);
  const strike = strikeAt(cell);
  lane.begin(strike.rule, () => environment.kill(), subject.userId);
  const outcome = await invoke(bench, environment, cell.operation.call(subject));
  await lane.applyLate();
  const { calls } = lane;
  const early = await earlyFaults(bench, cell, subject, outcome);
  lane.begin();
  return strike.struck() ? { cell, subject, outcome, calls, early } : undefined;
}

function strikeAt({ at, kind, rollbackFails, operation: { undoesBy } }: Cell): {
  rule: Strike;
  struck(): boolean;
} {
  let seen = 0;
  let target: number | undefined;
  return {
    struck: () => target !== undefined,
    rule: ({ number, attempt, service, operation }) => {
      if (service === at.service && operation === at.operation) {
        if (attempt === 1) seen += 1;
        if (attempt === 1 && seen === at.occurrence) target = number;
        if (number === target && kind !== 'lost once') return kind;
        if (number === target && attempt === 1) return 'lost';
      }
      return rollbackFails && operation === undoesBy ? 'error' : undefined;
    },
  };
}

function invoke(bench: Bench, environment: Environment, { name, event }: FunctionCall) {
  return environment.invoke(name, event, bench.platform.clock.offsetSeconds * 1000);
}

const succeeded = (outcome: Outcome): boolean => outcome !== 'killed' && outcome.status < 300;
const endsKeys = ({ operation: { name } }: Cell) => name.startsWith('revoke') || name.startsWith('delete');

/** From its answer on an ended key charges nothing, whatever API Gateway still has of it. */
async function earlyFaults(bench: Bench, cell: Cell, subject: Subject, outcome: Outcome): Promise<string[]> {
  if (!succeeded(outcome) || !endsKeys(cell)) return [];
  const ids = subject.records.flatMap(({ apiKeyId, previous }) => [apiKeyId, previous?.apiKeyId]);
  const faults: string[] = [];
  for (const id of ids) {
    if (id === undefined) continue;
    const { outcome: charged } = await bench.workshop.charge(id);
    if (charged !== 'unknown_key') faults.push(`told as ended, and a charge is ${charged}`);
  }
  return faults;
}

/** Judges by the operation's own rule. */
async function check(bench: Bench, snapshot: Snapshot, run: RunCell, probing: Environment) {
  const { cell, subject, outcome, calls } = run;
  const { service, operation } = cell.at;
  const lane = bench.platform.proxy.lane('probe');
  const found = await cell.operation.check?.({
    ...{ subject, outcome, calls, snapshot, workshop: bench.workshop },
    struck: { service, operation, kind: cell.kind },
    async probe(call) {
      lane.begin(undefined, undefined, subject.userId);
      const answer = await invoke(bench, probing, call);
      if (answer === 'killed') throw new Error('the probe was killed');
      return { answer, calls: lane.calls };
    },
  });
  return (found ?? []).map((text) => `${text} (answer: ${answerOf(outcome)})`);
}

/** What is wrong with a cell once the reconciler has been, beyond what `findFaults` finds. */
export async function judge(bench: Bench, snapshot: Snapshot, run: RunCell): Promise<string[]> {
  const { cell, subject, outcome, early } = run;
  const { name } = cell.operation;
  const faults = [...early];
  const works = async (secret: string) => {
    const id = admittedAs(snapshot, secret);
    return id !== undefined && (await bench.workshop.charge(id)).outcome === 'charged';
  };
  const expectWorking = async (secret: string, what: string) => {
    if (!(await works(secret))) faults.push(`${what} does not work`);
  };
  const told = outcome !== 'killed' && succeeded(outcome) ? outcome.body.key : undefined;
  const active = snapshot.items.filter(
    ({ pk, sk, status }) => pk === `USER#${subject.userId}` && sk.startsWith('KEY#') && status === 'active',
  );

  if (name === 'create key') {
    if (active.length > 1) faults.push(`${active.length} active keys at one place`);
    for (const { keyId } of active) {
      const kept = snapshot.items.some(({ sk }) => sk === `PROVIDERKEY#${keyId}#mine`);
      if (!kept) faults.push(`${keyId} is active without its provider key`);
    }
    if (told !== undefined) await expectWorking(String(told), 'a key told as created');
    else if (outcome !== 'killed' && active.length > 0) faults.push('told as failed, and a key is left');
  } else if (name.startsWith('rotate')) {
    const [old = ''] = subject.secrets;
    await expectWorking(old, 'the secret before, in its grace,');
    if (told !== undefined) await expectWorking(String(told), 'a secret told as new');
  } else if (name.startsWith('change')) {
    for (const secret of subject.secrets) await expectWorking(secret, 'a secret of the key');
    const [record] = active;
    if (succeeded(outcome) && record?.plan !== otherPlan)
      faults.push(`told as moved, and on ${record?.plan}`);
  } else if (name.startsWith('revoke')) {
    if (succeeded(outcome)) {
      for (const secret of subject.secrets)
        if (await works(secret)) faults.push('told as revoked, and works');
    } else if (active.length > 0) {
      for (const secret of subject.secrets) await expectWorking(secret, 'a key that is still active');
    }
  } else if (succeeded(outcome) || active.length === 0) {
    // Its tombstone stays for a day and keeps the user's token from making anything. The audit trail is kept for longer.
    const tombstone = `USER#${subject.userId} PROFILE`;
    for (const trace of tracesOf(snapshot, subject.userId)) {
      if (trace !== tombstone && !trace.startsWith('AUDIT#')) faults.push(`of the account is left: ${trace}`);
    }
  } else {
    for (const secret of subject.secrets) await expectWorking(secret, 'a key of an account not deleted');
  }
  return faults.map((text) => `${text} (answer: ${answerOf(outcome)})`);
}

const answerOf = (outcome: Outcome): string =>
  outcome === 'killed' ? 'none' : `${outcome.status} ${JSON.stringify(outcome.body).slice(0, 200)}`;

/** Whether the user can go on: end what they have on the plan, make a new key, and use it. */
export async function goOn(bench: Bench, { cell, subject }: RunCell): Promise<string[]> {
  if (cell.operation.name.startsWith('delete')) return [];
  try {
    for (const record of await bench.workshop.ports.records.listAll(subject.userId)) {
      if (record.status === 'active') await bench.workshop.revoke(record);
    }
    const { record } = await bench.workshop.create(subject.userId);
    const { outcome } = await bench.workshop.charge(record.apiKeyId ?? '');
    return outcome === 'charged' ? [] : [`a new key's charge is ${outcome}`];
  } catch (error) {
    return [`a new key can't be made: ${error instanceof Error ? error.message : String(error)}`];
  }
}

export interface MatrixResult {
  operation: string;
  calls: number;
  cells: number;
  /** How the cells were answered: `2xx`, `5xx`, `none`. */
  answers: Record<string, number>;
}

/**
 * Runs the cells, then one pass of the reconciler, and looks at what is left.
 * @returns figures by operation, and what is wrong, cell by cell
 */
export async function runMatrix(
  bench: Bench & { inspector: Inspector },
  chosen: (cell: Cell) => boolean,
): Promise<{ results: MatrixResult[]; broken: string[]; actions: number }> {
  const results: MatrixResult[] = [];
  const cells: Cell[] = [];
  for (const operation of [...operations, ...messageOperations, ...providerOperations]) {
    const calls = await learnCalls(bench, operation);
    const mine = cellsOf(operation, calls).filter(chosen);
    cells.push(...mine);
    results.push({ operation: operation.name, calls: calls.length, cells: 0, answers: {} });
  }
  const runs = await runCells(bench, cells, 8);
  const report = await reconcileOnce(bench, bench.functions.environment('reconciler'));
  const snapshot = await bench.inspector.snapshot();
  const plans = bench.platform.catalog.plans;
  const faults = findFaults(snapshot, (plan) => findPlan(plans, plan).usagePlanName);
  const broken = (faults.get('') ?? []).map((text) => `nobody's: ${text}`);
  const probing = bench.functions.environment('probe');
  for (const run of runs) {
    const isOfKeys = run.cell.operation.check === undefined;
    const found = [
      ...(faults.get(run.subject.userId) ?? []),
      ...(isOfKeys ? await judge(bench, snapshot, run) : await check(bench, snapshot, run, probing)),
      ...(isOfKeys ? await goOn(bench, run) : []),
    ];
    broken.push(...found.map((text) => `${describeCell(run.cell)}: ${text}`));
    const result = results.find(({ operation }) => operation === run.cell.operation.name);
    if (result === undefined) continue;
    const answer = run.outcome === 'killed' ? 'none' : `${Math.floor(run.outcome.status / 100)}xx`;
    result.cells += 1;
    result.answers[answer] = (result.answers[answer] ?? 0) + 1;
  }
  probing.kill();
  return { results, broken, actions: report.actions.length };
}

/** Moves time past the reconciler's grace and runs one pass in an environment of its own. */
export async function reconcileOnce(bench: Bench, environment: Environment, aheadSeconds = 200) {
  const { clock } = bench.platform;
  clock.moveTo(clock.offsetSeconds + aheadSeconds);
  const outcome = await environment.invoke('reconcile', {}, clock.offsetSeconds * 1000);
  if (outcome === 'killed') throw new Error('the pass was killed');
  return outcome.body as unknown as {
    actions: { kind: string; subject: string }[];
    failures: number;
    complete: boolean;
  };
}
