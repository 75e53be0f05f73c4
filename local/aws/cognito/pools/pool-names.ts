export interface Location {
  region: string;
  accountId: string;
}

export const poolArn = ({ region, accountId }: Location, poolId: string) =>
  `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`;

/** What a template's GetAtt gives for AWS::Cognito::UserPool. */
export interface UserPoolAttributes {
  Arn: string;
  /** The issuer without `http://`, as on AWS it is without `https://`. */
  ProviderName: string;
  /** The issuer. */
  ProviderURL: string;
  UserPoolId: string;
}

export function poolAttributes(location: Location, poolId: string, issuer: string): UserPoolAttributes {
  return {
    Arn: poolArn(location, poolId),
    ProviderName: issuer.replace(/^https?:\/\//, ''),
    ProviderURL: issuer,
    UserPoolId: poolId,
  };
}
