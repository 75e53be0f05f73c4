import type { IncomingMessage, ServerResponse } from 'node:http';
import { createEdge, type Edge } from './aws/cloudfront/edge.ts';
import type { MovableClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Log } from './log.ts';
import type { Mailbox } from './mail/mail.ts';
import type { StripeStandIn } from './providers/stripe/stripe-service.ts';
import { type DeployedStack, deploy } from './template/deploy.ts';
import { loadAssembly } from './template/load-assembly.ts';
import { createProviders, type ProviderTargets } from './template/providers/all.ts';
import { type CloudFrontResources, createCloudFrontResources } from './template/providers/cloudfront.ts';
import { ignoredTypes } from './template/providers/ignored-types.ts';
import { secretStrings } from './template/providers/secret.ts';

/** All stand-ins of one runtime. */
export interface StandIns extends Omit<ProviderTargets, 'cloudFront' | 'log' | 'stripe'> {
  clock: MovableClock;
  faults: Faults;
  mailbox: Mailbox;
  stripe: StripeStandIn;
}

export interface Stack {
  /** Deploys an assembly over what is there, and switches the edge over to it. */
  deploy(assemblyDirectory: string): Promise<DeployedStack>;
  edge(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

export function createStack(standIns: StandIns, options: { apiUrl: string; log: Log }): Stack {
  let edge: Edge | undefined;
  return {
    async deploy(assemblyDirectory) {
      const cloudFront = createCloudFrontResources();
      standIns.schedules.clear();
      standIns.cloudWatch.clear();
      standIns.topics.clear();
      const deployed = await deploy(
        loadAssembly(assemblyDirectory),
        createProviders({ ...standIns, cloudFront, log: options.log }),
        ignoredTypes,
        secretStrings(standIns.store),
      );
      forgetRemoved(standIns, deployed);
      const previous = edge;
      edge = createEdge({
        ...cloudFront,
        distribution: onlyDistribution(cloudFront),
        buckets: standIns.buckets,
        ...options,
      });
      previous?.close();
      return deployed;
    },
    edge: (request, response) => edge?.handle(request, response),
    close: () => edge?.close(),
  };
}

/** Removes what an earlier template defined and this one doesn't, as a stack update does. */
function forgetRemoved({ gateway, waf }: StandIns, { resources }: DeployedStack): void {
  waf.keepOnly(resources);
  gateway.keepOnly(resources);
}

function onlyDistribution({ distributions }: CloudFrontResources) {
  const [distribution, ...others] = distributions.values();
  if (distribution === undefined || others.length > 0) {
    throw new Error(
      `The template has ${distributions.size} CloudFront distributions; the edge serves exactly one.`,
    );
  }
  return distribution;
}
