import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { AwsError } from '../../service.ts';
import { resourceNotFound } from '../errors.ts';

export interface Group {
  name: string;
  poolId: string;
  description?: string | undefined;
  roleArn?: string | undefined;
  precedence?: number | undefined;
  createdAt: number;
  modifiedAt: number;
}

export type GroupSettings = Pick<Group, 'description' | 'roleArn' | 'precedence'>;

export interface Groups {
  /** @throws GroupExistsException */
  create(poolId: string, name: string, settings: GroupSettings): Group;
  define(poolId: string, name: string, settings: GroupSettings): Group;
  /** @throws ResourceNotFoundException */
  get(poolId: string, name: string): Group;
  delete(poolId: string, name: string): void;
  /** By name. */
  list(poolId: string): Group[];
  /** The named ones that still exist, the smallest precedence first, as tokens carry them. */
  ofUser(poolId: string, names: string[]): Group[];
}

export function createGroups(deps: { store: Store; clock: Clock }): Groups {
  const groupsOf = (poolId: string) => deps.store.collection<Group>(`cognito/${poolId}/groups`);

  function put(poolId: string, name: string, settings: GroupSettings): Group {
    const now = deps.clock.now();
    const createdAt = groupsOf(poolId).get(name)?.createdAt ?? now;
    const group = { name, poolId, ...settings, createdAt, modifiedAt: now };
    groupsOf(poolId).put(name, group);
    return group;
  }

  return {
    create(poolId, name, settings) {
      if (groupsOf(poolId).get(name)) {
        throw new AwsError('GroupExistsException', 'A group with the name already exists.');
      }
      return put(poolId, name, settings);
    },
    define: put,
    get(poolId, name) {
      const group = groupsOf(poolId).get(name);
      if (!group) throw resourceNotFound('Group not found.');
      return group;
    },
    delete(poolId, name) {
      if (!groupsOf(poolId).delete(name)) throw resourceNotFound('Group not found.');
    },
    list: (poolId) =>
      groupsOf(poolId)
        .list()
        .map(({ value }) => value),
    ofUser: (poolId, names) =>
      names
        .flatMap((name) => groupsOf(poolId).get(name) ?? [])
        .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)),
  };
}

const rank = (group: Group) => group.precedence ?? Number.MAX_SAFE_INTEGER;

/** A group as the API answers it. */
export function describeGroup(group: Group): object {
  return {
    GroupName: group.name,
    UserPoolId: group.poolId,
    Description: group.description,
    RoleArn: group.roleArn,
    Precedence: group.precedence,
    CreationDate: group.createdAt / 1000,
    LastModifiedDate: group.modifiedAt / 1000,
  };
}
