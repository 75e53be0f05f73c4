import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  PasskeyUserVerification,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Catalog } from '../../core/catalog.ts';
import { passwordPolicy } from '../../core/contract/accounts/password-policy.ts';
import { sessionSeconds } from '../../core/contract/accounts/session-life.ts';
import { codeMail } from '../../core/mail/code-mail.ts';
import type { BaseEnvironment } from '../../lambda/env.ts';
import type { Settings } from '../settings.ts';
import { escaped } from './edge/landing/html.ts';
import { Endpoint } from './functions/endpoint.ts';

export interface IdentityProps {
  /** Whether to keep the users when the stack is deleted. */
  readonly retain: boolean;
  readonly catalog: Catalog;
  readonly site: Pick<Settings['site'], 'name' | 'mails'>;
  /** Whose passkeys count; undefined: none do. */
  readonly passkeyDomain?: string | undefined;
}

/** The mail with a code, in Cognito's form: HTML, with its own placeholder. */
function forCognito({ name, mails }: IdentityProps['site']): { emailSubject: string; emailBody: string } {
  const { subject, text } = mails.code ?? codeMail;
  const fill = (words: string, own: string) => words.replaceAll('{name}', own).replaceAll('{code}', '{####}');
  return {
    emailSubject: fill(subject, name),
    emailBody: fill(escaped(text.trim()).replaceAll('\n', '<br>'), escaped(name)),
  };
}

/** Who may log in: the Cognito user pool, its one client and the group of admins. */
export class Identity extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    const { confirmation, allowedDomains } = props.catalog.signUp;
    this.userPool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      // Without confirmation no code is mailed, and sign-up itself marks the address as verified.
      autoVerify: { email: confirmation === 'email' },
      // A changed address counts once it is confirmed. Cognito allows this only with codes by mail. Written where it is off, too: an
      // update keeps what a template leaves out (local/aws/cognito/pools/pools.ts has the sources), and would be refused.
      keepOriginal: { email: confirmation === 'email' },
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        ...passwordPolicy,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      // Likewise, or passkeys would stay a way in of the pool when the settings turn them off.
      signInPolicy: {
        allowedFirstAuthFactors: { password: true, passkey: props.passkeyDomain !== undefined },
      },
      ...(props.passkeyDomain !== undefined && {
        featurePlan: FeaturePlan.ESSENTIALS,
        passkeyRelyingPartyId: props.passkeyDomain,
        // In place of a password, so whoever finds the device must not be able to use it.
        passkeyUserVerification: PasskeyUserVerification.REQUIRED,
      }),
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userVerification: {
        emailStyle: VerificationEmailStyle.CODE,
        ...forCognito(props.site),
      },
      deletionProtection: props.retain,
      removalPolicy: props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (props.catalog.logIn.providers.length > 0) this.admitSignUps(props.catalog);
    else if (allowedDomains.length > 0) {
      const check = Endpoint.create<BaseEnvironment>(this, {
        handler: 'accounts/check-sign-up',
        catalog: props.catalog,
        environment: {},
        // Cognito waits 5 seconds for a trigger.
        timeoutSeconds: 5,
      });
      this.userPool.addTrigger(UserPoolOperation.PRE_SIGN_UP, check.handler);
    }
    this.client = this.userPool.addClient('Client', {
      // Login by password from our functions only: they alone know the client's secret.
      authFlows: { userPassword: true, ...(props.passkeyDomain !== undefined && { user: true }) },
      generateSecret: true,
      // CDK's default would turn on the implicit OAuth flow with a call-back to example.com.
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.seconds(sessionSeconds),
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    });
    new CfnUserPoolGroup(this, 'Admins', {
      userPoolId: this.userPool.userPoolId,
      groupName: 'admins',
      description: 'May manage users, keys and limits',
    });
    Validations.of(this.userPool).acknowledge(
      {
        id: 'AwsSolutions-COG1',
        reason:
          'Length is what makes a password strong (NIST SP 800-63B): 12 characters or more, symbols not demanded.',
      },
      {
        id: 'AwsSolutions-COG2',
        reason: 'MFA is available to every user and not forced on those who only want a free daily plan.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'Threat protection needs the Plus feature plan, billed per user; the operator may turn it on.',
      },
      {
        id: 'AwsSolutions-COG3',
        reason:
          'Threat protection needs the Plus feature plan, billed per user; the operator may turn it on.',
      },
    );
  }

  /** The trigger where users come from providers: it also links them to accounts. */
  private admitSignUps(catalog: Catalog): void {
    const admit = Endpoint.create<BaseEnvironment>(this, {
      handler: 'accounts/admit-sign-up',
      catalog,
      environment: {},
      // Cognito waits 5 seconds for a trigger.
      timeoutSeconds: 5,
    });
    this.userPool.addTrigger(UserPoolOperation.PRE_SIGN_UP, admit.handler);
    // On its own: the function waits for the policy that the role has, this one for the pool, and the pool for the function.
    new Policy(this, 'AdmitSignUps', {
      roles: [admit.role],
      statements: [
        new PolicyStatement({
          actions: [
            'cognito-idp:AdminGetUser',
            'cognito-idp:AdminCreateUser',
            'cognito-idp:AdminSetUserPassword',
            'cognito-idp:AdminDeleteUser',
            'cognito-idp:AdminLinkProviderForUser',
          ],
          resources: [this.userPool.userPoolArn],
        }),
      ],
    });
  }
}
