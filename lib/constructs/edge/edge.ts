import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '../../settings.ts';
import type { HttpApi } from '../http-api.ts';
import type { EdgeProof } from './edge-proof.ts';
import { nameInAccount, pageHeaders } from './page-headers.ts';
import { onViewerRequest } from './viewer-request-function.ts';

export interface EdgeProps {
  readonly http: Pick<HttpApi, 'api' | 'methods'>;
  readonly proof: EdgeProof;
  readonly siteBucket: IBucket;
  readonly domain: Settings['domain'];
}

/** CloudFront, the one public origin: the console at `/`, the API at `/v1/*`. */
export class Edge extends Construct {
  readonly distribution: Distribution;
  readonly url: string;

  constructor(scope: Construct, id: string, { http, proof, siteBucket, domain }: EdgeProps) {
    super(scope, id);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `${Stack.of(this).stackName}: console and API`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(domain && {
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      }),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(siteBucket, {
          originAccessControl: new S3OriginAccessControl(this, 'SiteAccess', {
            originAccessControlName: nameInAccount(this, 'site'),
          }),
        }),
        // The function answers all but GET and HEAD. CloudFront's own refusal would be a page, without CORS.
        allowedMethods: AllowedMethods.ALLOW_ALL,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: pageHeaders(this),
        compress: true,
        functionAssociations: [
          onViewerRequest(
            this,
            'ConsolePaths',
            'console-paths',
            'Serves the console at its addresses, and tells clients with a wrong base URL the right one',
          ),
        ],
      },
      additionalBehaviors: { '/v1/*': this.apiBehavior(http, proof) },
    });
    this.url = `https://${domain?.name ?? this.distribution.distributionDomainName}`;
    this.acknowledgeFindings();
  }

  private apiBehavior({ api, methods }: EdgeProps['http'], proof: EdgeProof) {
    const host = `${api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
    return {
      origin: new HttpOrigin(host, {
        // Not by reference to the stage, which waits for every function: one of them may need the distribution's name.
        originPath: '/prod',
        // Well within what any account's quota allows (120 by default); a response begins after 40 seconds at the latest,
        // and heartbeats come every 15: docs/decisions/0013-slow-whole-answers.md.
        readTimeout: Duration.seconds(60),
        keepaliveTimeout: Duration.seconds(60),
        // Also where direct calls are open, so that closing them refuses no call until the header is everywhere.
        customHeaders: { [proof.headerName]: proof.value, [proof.policyHeaderName]: proof.value },
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      // Compression would hold back the events of a stream.
      compress: false,
      functionAssociations: [
        onViewerRequest(
          this,
          'api-viewer-request',
          'api-viewer-request',
          'Adds the address of the viewer, and moves an API key from Authorization or api-key to x-api-key',
          methods,
        ),
      ],
    };
  }

  private acknowledgeFindings(): void {
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Which countries the service is open to is the operator’s choice.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'The web ACL stands on the API stage, where direct calls arrive as well.',
      },
      { id: 'AwsSolutions-CFR3', reason: 'API Gateway logs every call; the rest is a public static site.' },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          'CloudFront’s own domain name fixes TLSv1; with `domain` in the settings TLSv1.2_2021 applies.',
      },
    );
  }
}
