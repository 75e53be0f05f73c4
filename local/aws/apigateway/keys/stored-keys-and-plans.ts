import type { Collection, Store } from '../../../state/store.ts';

/** What the stand-in stores. Times are milliseconds since the epoch. */
export interface ApiKey {
  id: string;
  /** Counts up with each new key. */
  order?: number;
  value: string;
  name?: string;
  description?: string;
  customerId?: string;
  enabled: boolean;
  createdAt: number;
  updatedAt: number;
  /** `apiId/stageName`; kept but without effect, since usage plans replaced them. */
  stageKeys: string[];
  labels?: string[];
  tags: Record<string, string>;
  /** When the data plane begins to accept the key; absent if it did at once. */
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
  /** Counts up with each new plan. */
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

/** The properties last applied from a usage plan of the template, so that operators' changes outlive a restart. */
export interface AppliedTemplate {
  properties: string;
  /** The id of the plan. */
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

interface Created {
  id: string;
  /** Counts up; records of an older runtime have none and come first. */
  order?: number;
}

export const nextOrder = (existing: readonly { value: Created }[]): number =>
  existing.reduce((last, { value }) => Math.max(last, value.order ?? 0), 0) + 1;

/** A text that sorts records by when they were created. */
export const creationOrder = ({ id, order = 0 }: Created): string =>
  `${String(order).padStart(12, '0')}/${id}`;
