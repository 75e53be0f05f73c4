import type { CfnStage, MethodDeploymentOptions, Stage } from 'aws-cdk-lib/aws-apigateway';
import type { RouteContract } from '../../core/contract/route-contract.ts';

/**
 * Whether anyone may make a route do something: API Gateway lets every call through, and what the function then does takes Cognito,
 * the table or another service. A session's cookie is tried at Cognito also where the route only reads, and an answer that
 * redirects is a step of a login.
 */
export function isOpenAndActs({ access, method, answers }: RouteContract): boolean {
  return access === 'session' || (access === 'public' && (method !== 'get' || 302 in answers));
}

/**
 * What sign-up and login need, of one route and for all callers together. The stage's own limit, which each method has for itself
 * ([AWS][1]), is meant for chats, and a flood that large would take the concurrency of functions that chats need.
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export const openRouteThrottle = { throttlingRateLimit: 20, throttlingBurstLimit: 40 };

/**
 * Gives one route of a stage a throttle of its own.
 * @param perMethod the route's settings, all of them: with some of its own, it takes over none of the stage's
 */
export function throttle(
  stage: Stage,
  { method, path }: RouteContract,
  perMethod: MethodDeploymentOptions,
): void {
  const resource = stage.node.defaultChild as CfnStage;
  resource.methodSettings = [
    ...(resource.methodSettings as CfnStage.MethodSettingProperty[]),
    {
      ...perMethod,
      httpMethod: method.toUpperCase(),
      resourcePath: `/${path.replaceAll('/', '~1')}`,
    },
  ];
}
