import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { hashKeySecret } from '../../core/keys/key-secret.ts';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { findPlan } from '../../core/plans.ts';
import { type FaultKind, faultKinds, type Strike } from './aws-proxy.ts';
import type { Environment, Outcome } from './functions.ts';
import { findFaults } from './inspect.ts';
import { reconcileOnce } from './matrix.ts';
import { otherPlan, routeEvent } from './operations.ts';
import { chatEvent } from './race-runner.ts';
import type { RunningBench } from './start-bench.ts';

/** What breaks during a step: every attempt of its n-th call. */
interface Fault {
  at: number;
  kind: FaultKind;
}

/** What a user does. Two at once share the key. */
type Act =
  | { act: 'create'; fault: Fault | null }
  | { act: 'rotate'; graceSeconds: number; fault: Fault | null }
  | { act: 'revoke'; fault: Fault | null }
  | { act: 'move'; plan: string; fault: Fault | null }
  | { act: 'charge'; secret: number; fault: Fault | null };
export type Step =
  | Act
  | { act: 'both'; one: Act; other: Act }
  | { act: 'tick'; seconds: number }
  | { act: 'reconcile'; fault: Fault | null };

const firstPlan = '10-per-day';

const fault = fc.option(
  fc.record({ at: fc.integer({ min: 1, max: 11 }), kind: fc.constantFrom(...faultKinds) }),
  {
    freq: 2,
  },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant('create' as const), fault }),
  fc.record({ act: fc.constant('rotate' as const), graceSeconds: fc.constantFrom(0, 60, 3600), fault }),
  fc.record({ act: fc.constant('revoke' as const), fault }),
  fc.record({ act: fc.constant('move' as const), plan: fc.constantFrom(firstPlan, otherPlan), fault }),
  fc.record({ act: fc.constant('charge' as const), secret: fc.nat({ max: 3 }), fault }),
);
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: act },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('both' as const), one: act, other: act }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant('tick' as const), seconds: fc.constantFrom(1, 70, 130, 4000) }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('reconcile' as const), fault }) },
  ),
  { minLength: 3, maxLength: 12 },
);

/** What the user has been told of a secret, and so may rely on. */
interface KnownSecret {
  secret: string;
  keyId: string;
  apiKeyId: string;
  /** `unsure` after an answer that leaves it open. */
  state: 'works' | 'grace' | 'dead' | 'unsure';
  /** The rotation that would have begun its grace may have failed: then the next one begins it. */
  mayBePresent?: boolean;
  endsAt: number;
}

interface World {
  bench: RunningBench;
  userId: string;
  lanes: { name: string; environment: Environment }[];
  /** The simple model: the key last made, its plan, its place there, and the secrets told. */
  model: {
    key: string | undefined;
    plan: string;
    place: 'free' | 'taken' | 'unsure';
    secrets: KnownSecret[];
  };
}

export interface Actors {
  /** Two environments of the user's calls; their names at the proxy. */
  environments: readonly [Environment, Environment];
  reconciler: Environment;
}

const names = ['actor0', 'actor1'] as const;

export function startActors(bench: RunningBench): Actors {
  const [first, second] = names.map((name) => bench.functions.environment(name));
  if (first === undefined || second === undefined) throw new Error('no actors');
  return { environments: [first, second], reconciler: bench.functions.environment('reconciler') };
}

/**
 * Plays the steps for a fresh user and holds every answer against the model; in the end time passes, the
 * reconciler runs once, and all must be in order.
 * @throws Error telling the first thing that is wrong
 */
export async function play(bench: RunningBench, actors: Actors, script: readonly Step[]): Promise<void> {
  const world: World = {
    bench,
    userId: await bench.platform.addUser(),
    lanes: names.map((name, at) => ({ name, environment: actors.environments[at] as Environment })),
    model: { key: undefined, plan: firstPlan, place: 'free', secrets: [] },
  };
  for (const step of script) await playStep(world, actors, step);
  await deliverLate(world);
  await settle(world, actors);
  await goOn(world);
}

async function playStep(world: World, actors: Actors, step: Step): Promise<void> {
  await deliverLate(world);
  const { clock } = world.bench.platform;
  switch (step.act) {
    case 'tick':
      clock.moveTo(clock.offsetSeconds + step.seconds);
      return;
    case 'reconcile': {
      const lane = world.bench.platform.proxy.lane('reconciler');
      lane.begin(strikeOf(step.fault), () => actors.reconciler.kill());
      await actors.reconciler.invoke('reconcile', {}, clock.offsetSeconds * 1000);
      await lane.applyLate();
      lane.begin();
      return;
    }
    case 'both': {
      const before = { ...world.model, secrets: world.model.secrets.map((known) => ({ ...known })) };
      const outcomes = await Promise.all([perform(world, 0, step.one), perform(world, 1, step.other)]);
      await learnFromBoth(world, before, [step.one, step.other], outcomes);
      return;
    }
    default:
      await learn(world, step, await perform(world, 0, step));
  }
}

/** What was held back arrives: perhaps long after the caller was told that it failed. */
async function deliverLate({ bench, lanes }: World): Promise<void> {
  for (const { name } of lanes) {
    const lane = bench.platform.proxy.lane(name);
    await lane.applyLate();
    lane.begin();
  }
}

const strikeOf =
  (planned: Fault | null): Strike =>
  ({ number, service }) => {
    if (number !== planned?.at) return undefined;
    // A model may be silent for two minutes of real time, longer than a whole test.
    const hangs = planned.kind === 'timeout' || planned.kind === 'late';
    return service === 'bedrock' && hangs ? undefined : planned.kind;
  };

/** @returns undefined where there is nothing to do it with */
async function perform(
  world: World,
  at: number,
  { fault: planned, ...step }: Act,
): Promise<Outcome | undefined> {
  const { bench, model, userId } = world;
  const { name, environment } = world.lanes[at] as World['lanes'][number];
  bench.platform.proxy.lane(name).begin(strikeOf(planned), () => environment.kill());
  const offsetMs = bench.platform.clock.offsetSeconds * 1000;
  if (step.act === 'create') {
    const event = routeEvent(userId, { body: { name: 'laptop', plan: model.plan } });
    return environment.invoke('create-api-key', event, offsetMs);
  }
  if (model.key === undefined) return undefined;
  const pathParameters = { id: model.key };
  if (step.act === 'rotate') {
    const body = { graceSeconds: step.graceSeconds };
    return environment.invoke('rotate-api-key', routeEvent(userId, { body, pathParameters }), offsetMs);
  }
  if (step.act === 'move') {
    const body = { plan: step.plan };
    return environment.invoke('update-api-key', routeEvent(userId, { body, pathParameters }), offsetMs);
  }
  if (step.act === 'revoke') {
    return environment.invoke('revoke-api-key', routeEvent(userId, { pathParameters }), offsetMs);
  }
  const known = knownSecret(world, step.secret);
  if (known === undefined) return undefined;
  const event = chatEvent({ userId, apiKeyId: known.apiKeyId }, randomUUID());
  return environment.invoke('chat-completions', event, offsetMs);
}

const knownSecret = ({ model }: World, at: number): KnownSecret | undefined =>
  model.secrets.length === 0
    ? undefined
    : model.secrets[model.secrets.length - 1 - (at % model.secrets.length)];

const nowOf = ({ bench }: World): number => bench.platform.clock.now();
const statusOf = (outcome: Outcome): number => (outcome === 'killed' ? 0 : outcome.status);
const done = (outcome: Outcome): boolean => statusOf(outcome) >= 200 && statusOf(outcome) < 300;
const doubtful = (outcome: Outcome): boolean => statusOf(outcome) === 0 || statusOf(outcome) >= 500;

async function learn(world: World, step: Act, outcome: Outcome | undefined): Promise<void> {
  if (outcome === undefined) return;
  const { model } = world;
  if (step.act === 'charge') return learnCharge(world, step.secret, outcome);
  if (step.act === 'create') {
    if (done(outcome)) {
      if (model.place === 'taken') wrong('a second key was made at one place', step, outcome);
      await learnNewSecret(world, outcome);
    } else if (statusOf(outcome) === 409) {
      if (model.place === 'free') wrong('a free place is said to be taken', step, outcome);
    } else if (model.place === 'free') model.place = 'unsure';
    return;
  }
  if (step.act === 'revoke') {
    if (done(outcome)) endKey(world);
    else doubtAll(world);
    return;
  }
  if (step.act === 'move') return learnMove(world, step, outcome);
  if (done(outcome)) {
    ageSecrets(world, step.graceSeconds, 'dead');
    await learnNewSecret(world, outcome);
  } else if (doubtful(outcome)) ageSecrets(world, step.graceSeconds, 'unsure');
  else if (model.place === 'taken' && statusOf(outcome) !== 409)
    wrong('a rotation was refused', step, outcome);
}

/** Its secrets work on whatever plan it is on. */
function learnMove(world: World, step: { plan: string }, outcome: Outcome): void {
  const { model } = world;
  if (done(outcome)) {
    if (outcome !== 'killed' && outcome.body.plan !== step.plan)
      wrong('a key was moved elsewhere', step, outcome);
    model.plan = step.plan;
  } else if (doubtful(outcome)) model.place = 'unsure';
  else if (model.place === 'taken' && statusOf(outcome) !== 409) wrong('a move was refused', step, outcome);
}

/** The present secret enters its grace, and the one before it ends. */
function ageSecrets(world: World, graceSeconds: number, before: 'dead' | 'unsure'): void {
  for (const known of secretsOf(world.model, world.model.key)) {
    if (known.state === 'grace') known.state = known.mayBePresent ? 'unsure' : before;
    if (known.state !== 'works') continue;
    known.state = 'grace';
    known.mayBePresent = before === 'unsure';
    known.endsAt = nowOf(world) + graceSeconds * 1000;
    // It works on where the rotation failed, and ends with the grace where only its answer was lost.
    if (before === 'unsure' && graceSeconds === 0) known.state = 'unsure';
  }
}

async function learnNewSecret(world: World, outcome: Outcome): Promise<void> {
  if (outcome === 'killed') return;
  const secret = String(outcome.body.key);
  const record = await world.bench.workshop.ports.records.findByHash(hashKeySecret(secret));
  if (record?.apiKeyId === undefined) throw new Error('a secret told as made has no record');
  world.model.key = record.keyId;
  world.model.place = 'taken';
  world.model.secrets.push({
    secret,
    keyId: record.keyId,
    apiKeyId: record.apiKeyId,
    state: 'works',
    endsAt: Number.POSITIVE_INFINITY,
  });
}

/** A key whose move was in doubt may have made room for another. */
const secretsOf = ({ secrets }: World['model'], key: string | undefined): KnownSecret[] =>
  secrets.filter(({ keyId }) => keyId === key);

function endKey({ model }: World): void {
  for (const known of secretsOf(model, model.key)) known.state = 'dead';
  model.place = 'free';
  model.key = undefined;
}

function doubtAll({ model }: World): void {
  for (const known of model.secrets) if (known.state !== 'dead') known.state = 'unsure';
  model.place = 'unsure';
}

function learnCharge(world: World, at: number, outcome: Outcome): void {
  const known = knownSecret(world, at);
  if (known === undefined) return;
  const status = statusOf(outcome);
  const graceIsOver = known.state === 'grace' && known.endsAt <= nowOf(world);
  if (known.state === 'dead' && (status === 200 || status === 429))
    wrong('an ended secret was charged', at, outcome);
  const good = known.state === 'works' || (known.state === 'grace' && !graceIsOver);
  if (good && status === 401) wrong('a working secret was refused', at, outcome);
}

/** Of two at once the order is open; what was said to be over is over all the same. */
async function learnFromBoth(
  world: World,
  before: World['model'],
  acts: readonly Act[],
  outcomes: readonly (Outcome | undefined)[],
): Promise<void> {
  const succeeded = acts.filter((_act, at) => outcomes[at] !== undefined && done(outcomes[at] as Outcome));
  const did = (what: Act['act']) => succeeded.filter((step) => step.act === what).length;
  if (did('create') > 1) wrong('two keys were made at one place', acts, outcomes);
  const mayFree = acts.some(({ act: what }) => what === 'revoke' || what === 'move');
  if (did('create') === 1 && before.place === 'taken' && !mayFree) {
    wrong('a second key was made at one place', acts, outcomes);
  }
  for (const [at, outcome] of outcomes.entries()) {
    const step = acts[at];
    if (outcome === undefined || step?.act !== 'charge') continue;
    const known = knownSecret(world, step.secret);
    if (known?.state === 'dead' && [200, 429].includes(statusOf(outcome)))
      wrong('an ended secret was charged', step, outcome);
  }
  if (acts.every(({ act: what }) => what === 'charge')) return;
  const revoked = did('revoke') > 0;
  for (const known of world.model.secrets) {
    if (known.state !== 'dead') known.state = revoked && known.keyId === before.key ? 'dead' : 'unsure';
  }
  world.model.place = 'unsure';
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome === undefined || outcome === 'killed' || outcome.body.key === undefined) continue;
    const secret = String(outcome.body.key);
    const record = await world.bench.workshop.ports.records.findByHash(hashKeySecret(secret));
    if (record?.apiKeyId === undefined) continue;
    if (acts[at]?.act === 'create') world.model.key = record.keyId;
    world.model.secrets.push({
      secret,
      keyId: record.keyId,
      apiKeyId: record.apiKeyId,
      state: 'unsure',
      endsAt: Number.POSITIVE_INFINITY,
    });
  }
}

/** Time passes, one undisturbed pass runs: the table and API Gateway agree, and the model knows what is left. */
async function settle(world: World, actors: Actors): Promise<void> {
  const { bench, model, userId } = world;
  bench.platform.proxy.lane('reconciler').begin();
  await reconcileOnce(bench, actors.reconciler);
  const snapshot = await bench.inspector.snapshot();
  const plans = bench.platform.catalog.plans;
  const faults = findFaults(snapshot, (plan) => findPlan(plans, plan).usagePlanName);
  const mine = [...(faults.get(userId) ?? []), ...(faults.get('') ?? [])];
  if (mine.length > 0) throw new Error(mine.join('; '));
  const active = (await bench.workshop.ports.records.listAll(userId)).filter(
    ({ status }) => status === 'active',
  );
  if (new Set(active.map(({ plan }) => plan)).size < active.length) {
    throw new Error(`${active.length} active keys at fewer places`);
  }
  for (const known of model.secrets) await checkSecret(world, active[0], known);
}

async function checkSecret(world: World, record: KeyRecord | undefined, known: KnownSecret): Promise<void> {
  const { outcome } = await world.bench.workshop.charge(known.apiKeyId);
  const works = outcome !== 'unknown_key';
  if (known.state === 'dead' && works) throw new Error('an ended secret works after the reconciler');
  const good = known.state === 'works' || (known.state === 'grace' && known.endsAt > nowOf(world));
  if (good && !works) throw new Error(`a ${known.state} secret does not work after the reconciler`);
  if (works && record === undefined) throw new Error('a secret works and no record is active');
}

async function goOn({ bench, userId }: World): Promise<void> {
  for (const record of await bench.workshop.ports.records.listAll(userId)) {
    if (record.status === 'active') await bench.workshop.revoke(record);
  }
  const { record } = await bench.workshop.create(userId);
  const { outcome } = await bench.workshop.charge(record.apiKeyId ?? '');
  if (outcome !== 'charged') throw new Error(`a new key's charge is ${outcome}`);
  await bench.workshop.revoke(record);
}

function wrong(what: string, step: unknown, outcome: unknown): never {
  throw new Error(`${what}: ${JSON.stringify(step)} was answered ${JSON.stringify(outcome)}`);
}
