import type { Collection, Store } from '../../../state/store.ts';

/** What the stand-in keeps. Times are milliseconds since the epoch. */
export interface ApiKey {
  id: string;
  /** Counts up as keys are made. */
  order?: number;
  value: string;
  name?: string;
  description?: string;
  customerId?: string;
  enabled: boolean;
  createdAt: number;
  updatedAt: number;
  /** `apiId/stageName`; remembered only, since usage plans replaced them. */
  stageKeys: string[];
  labels?: string[];
  tags: Record<string, string>;
  /** The data plane knows the key from then on; absent when it did at once. */
  activeAt?: number;
}

export interface Throttle {
  rateLimit?: number;
  burstLimit?: number;
}

export type QuotaPeriod = 'DAY' | 'WEEK' | 'MONTH';

export interface Quota {
  limit: number;
  period: QuotaPeriod;
  /** Day of the week (from Sunday) or of the month the period starts on, from 0; 0 for DAY. */
  offset: number;
}

export interface ApiStage {
  apiId: string;
  stage: string;
  /** By `/path/METHOD`; replaces the plan's throttle for that method. */
  throttle?: Record<string, Throttle>;
}

export interface UsagePlan {
  id: string;
  /** Counts up as plans are made. */
  order?: number;
  name: string;
  description?: string;
  productCode?: string;
  apiStages: ApiStage[];
  throttle?: Throttle;
  quota?: Quota;
  tags: Record<string, string>;
}

/** The usage plans a key is bound to, by plan id. */
type KeyPlans = Record<string, { activeAt?: number }>;

/** A template resource's last applied properties, so that operators' changes outlive a restart. */
export interface AppliedTemplate {
  kind: 'key' | 'plan' | 'plan-key';
  properties: string;
  /** What it made: an id, or `planId/keyId`. */
  made: string;
}

export interface Records {
  keys: Collection<ApiKey>;
  /** Key id by key value. */
  keyIds: Collection<string>;
  keyPlans: Collection<KeyPlans>;
  plans: Collection<UsagePlan>;
  /** By logical id. */
  applied: Collection<AppliedTemplate>;
  atomically: Store['atomically'];
}

export const openRecords = (store: Store): Records => ({
  keys: store.collection('apigateway/keys'),
  keyIds: store.collection('apigateway/key-ids'),
  keyPlans: store.collection('apigateway/key-plans'),
  plans: store.collection('apigateway/usage-plans'),
  applied: store.collection('apigateway/applied-templates'),
  atomically: (work) => store.atomically(work),
});

/** `{[name]: value}`, or nothing when there is no value. */
export const given = <K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { [P in K]?: T });
