import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, Aws, DockerImage, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { Catalog } from '../../../core/catalog.ts';
import { type Language, languageNames } from '../../../web/language/languages.ts';
import { logRetention } from '../log-retention.ts';
import { consoleFolder } from './build-console.ts';
import { landingFiles } from './landing/landing-languages.ts';
import { landingPage } from './landing/landing-page.ts';
import { brandedIndex, logoKind, type Site, siteFiles, withBrandCss } from './site-files.ts';

export interface ConsoleSiteProps {
  readonly catalog: Catalog;
  readonly stage: 'prod' | 'dev';
  /** Where this deployment is: `https://llm.example.com`. */
  readonly origin: string;
  /** What is the operator's own. */
  readonly site: Site;
}

const sources = fileURLToPath(new URL('../../../web', import.meta.url));

const { version } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), 'utf8'),
) as { version: string };

/** The console's static files in a private bucket, copied by every deployment. */
export class ConsoleSite extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      // Everything in it can be deployed again, but CloudFormation can't delete a bucket with objects.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = bucket as IBucket;
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Only CloudFront can read the bucket, and it holds nothing but the public site.',
    });
  }

  /** Apart from the bucket, since the pages name the address of what is put in front of it. */
  deployFiles(props: ConsoleSiteProps): void {
    const built = this.builtConsole();
    const { site } = props;
    // A synth that bundles nothing has not built the console either.
    const folder = Stack.of(this).bundlingRequired ? this.node.getContext(consoleFolder) : sources;
    const page = (name: string) => readFileSync(join(folder, name), 'utf8');
    const common = {
      destinationBucket: this.bucket,
      memoryLimit: 256,
      // Otherwise Lambda would create a log group that never expires.
      logGroup: new LogGroup(this, 'FilesLogs', {
        retention: logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    };
    const hashed = new BucketDeployment(this, 'HashedFiles', {
      ...common,
      sources: [built],
      exclude: ['*'],
      include: ['assets/*'],
      // A console that is open during a deployment still loads screens of its own build.
      prune: false,
      cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const pages = new BucketDeployment(this, 'Files', {
      ...common,
      sources: [
        built,
        Source.jsonData('config.json', consoleConfig(props)),
        // These take the places of what was built.
        Source.data('index.html', brandedIndex(page('index.html'), site)),
        ...languageNames.map((language) =>
          Source.data(
            landingFiles[language],
            withBrandCss(this.landingPage(page('landing.html'), props, language), site),
          ),
        ),
        ...siteFiles(site, folder),
      ],
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
    });
    // Files must be there before the page that names them.
    pages.node.addDependency(hashed);
    this.acknowledgeCopyFunction();
  }

  private landingPage(template: string, { site, ...props }: ConsoleSiteProps, language: Language): string {
    const { name, sentence, links, pages } = site;
    const logo = logoKind(site);
    const all = { ...props, name, sentence, logo, links, pages, region: Aws.REGION, version };
    return landingPage(template, all, language);
  }

  private builtConsole(): ISource {
    return Source.asset(sources, {
      // Hash the output, so that unchanged sources never cause a deployment.
      assetHashType: AssetHashType.OUTPUT,
      bundling: {
        // CDK requires an image even if bundling never uses it.
        image: DockerImage.fromRegistry('scratch'),
        local: {
          tryBundle: (outputDirectory) => {
            cpSync(this.node.getContext(consoleFolder), outputDirectory, { recursive: true });
            return true;
          },
        },
      },
    });
  }

  /** CDK's own function copies the files at deployment; its role and runtime are CDK's to choose. */
  private acknowledgeCopyFunction(): void {
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    const copyFunction = Stack.of(this).node.children.find((child) =>
      child.node.id.includes('CDKBucketDeployment'),
    );
    if (copyFunction === undefined) throw new Error('CDK no longer makes a function to copy the site with');
    const reason =
      'CDK’s own BucketDeployment function: runs at deployment only, reads the asset, writes the site bucket.';
    const findings = [
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      ...['GetBucket', 'GetObject', 'List', 'Abort', 'DeleteObject'].map(
        (action) => `AwsSolutions-IAM5[Action::s3:${action}*]`,
      ),
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]',
      `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(bucket)}.Arn>/*]`,
      'AwsSolutions-L1',
      'Serverless-LambdaDLQ',
      'Serverless-LambdaTracing',
      'Serverless-LambdaLatestVersion',
    ];
    Validations.of(copyFunction).acknowledge(...findings.map((id) => ({ id, reason })));
  }
}

/** What web/config.ts reads at run time, so that one build serves every stage. Public: never a secret. */
function consoleConfig({ catalog, stage, site }: ConsoleSiteProps) {
  const { logIn, signUp, chat, upstreams, billing, oneTimeMessages } = catalog;
  const { confirmation, allowedDomains } = signUp;
  const taking = Object.entries(upstreams).filter(([, { takesOwnKeys }]) => takesOwnKeys);
  return {
    version,
    stage,
    region: Aws.REGION,
    chat: { maxBodyBytes: chat.maxBodyBytes },
    providers: taking.map(([name]) => name),
    signUp: { confirmation, allowedDomains },
    billing: billing !== undefined,
    logIn,
    oneTimeMessages: oneTimeMessages !== undefined,
    site: {
      feedback: catalog.mail?.feedbackTo !== undefined,
      name: site.name,
      sentence: site.sentence ?? null,
      logo: logoKind(site) ?? null,
      links: site.links,
      pages: site.pages.map(({ name, title }) => ({ name, title })),
    },
  };
}
