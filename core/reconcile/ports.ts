import type { Directory } from '../accounts.ts';
import type { Plan } from '../plans.ts';
import type { Clock, GatewayKeys, KeyRecords, PlanBindings, UserRecords } from '../ports.ts';

export type IntentKind = 'create' | 'rotate' | 'change-plan' | 'end' | 'delete-user';

/** What an operation wrote before it began, and takes away when it has ended. */
export interface Intent {
  /** A key's id, or a user's for `delete-user`. */
  subject: string;
  kind: IntentKind;
  userId: string;
  since: number;
  /** How often finishing it has failed. */
  failures?: number;
}

export interface Intents {
  list(): AsyncIterable<Intent>;
  /** @returns how often it has failed by now */
  countFailure(subject: string): Promise<number>;
  remove(subject: string): Promise<void>;
}

/** A key that API Gateway has. */
export interface GatewayKey {
  id: string;
  name: string;
  createdAt: number;
}

export interface GatewayInventory {
  /** Keys of ours, by the prefix of their names. */
  keys(): AsyncIterable<GatewayKey>;
  /** Ids of the keys bound to a plan. */
  boundTo(usagePlanName: string): Promise<Set<string>>;
}

export interface LiveKeys {
  /** Every key that is not ended. */
  list(): AsyncIterable<{ keyId: string; userId: string }>;
}

export interface ReconcilePorts {
  intents: Intents;
  live: LiveKeys;
  inventory: GatewayInventory;
  records: KeyRecords;
  users: UserRecords;
  gateway: GatewayKeys & PlanBindings;
  directory: Pick<Directory, 'deleteUser'>;
  plans: readonly Plan[];
  clock: Clock;
  /** Told what could not be done, for logs and alarms. */
  onFailure(subject: string, error: unknown): void;
  onParked(subject: string, failures: number): void;
  /** Whether there is time for more in this pass. */
  hasTime(): boolean;
}

export type ActionKind =
  | 'undo-create'
  | 'undo-rotate'
  | 'undo-change-plan'
  | 'finish-end'
  | 'finish-delete-user'
  | 'drop-intent'
  | 'expire'
  | 'end-broken'
  | 'bind'
  | 'drop-previous'
  | 'delete-orphan';

export interface Action {
  kind: ActionKind;
  /** Key id, user id, or API Gateway's id of an orphan. */
  subject: string;
}

export interface ReconcileReport {
  dryRun: boolean;
  actions: Action[];
  failures: number;
  parked: number;
  /** Whether the pass stopped early: throttled, or out of time. The next one goes on. */
  complete: boolean;
}
