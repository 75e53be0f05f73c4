import {
  cloudFrontDomainName,
  cloudFrontId,
  physicalName,
  userPoolClientId,
  userPoolId,
  uuid,
} from '../../../local/template/stable-id.ts';

const owner = { stackName: 'Daypass', logicalId: 'Api1234' };

describe('stable ids', () => {
  test('have the form of their service', () => {
    expect(userPoolId(owner, 'us-east-1')).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
    expect(userPoolClientId(owner)).toMatch(/^[a-z0-9]{26}$/);
    expect(cloudFrontId(owner)).toMatch(/^E[A-Z0-9]{13}$/);
    expect(cloudFrontDomainName(owner)).toMatch(/^d[a-z0-9]{13}\.cloudfront\.net$/);
    expect(uuid(owner)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(physicalName(owner)).toMatch(/^Daypass-Api1234-[A-Z0-9]{12}$/);
  });

  test('are the same at every start and differ between owners', () => {
    expect(cloudFrontId({ ...owner })).toBe(cloudFrontId(owner));
    const others = [
      { ...owner, logicalId: 'Other' },
      { ...owner, stackName: 'Other' },
    ].map(cloudFrontId);
    expect(new Set([...others, cloudFrontId(owner)]).size).toBe(3);
  });

  test('a long name keeps its distinct end', () => {
    const name = physicalName({ stackName: 'Daypass', logicalId: 'x'.repeat(100) }, 64);
    expect(name).toHaveLength(64);
    expect(name).toMatch(/-[A-Z0-9]{12}$/);
  });
});
