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
 * Limits one route of a stage to what sign-up and login need, for all callers together: the stage's own limit, which each method
 * has for itself ([AWS][1]), is meant for chats, and a flood that large would take the concurrency of functions that chats need.
 * @param perMethod what the route would have of the stage: with a setting of its own, it takes over none
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
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
      throttlingRateLimit: 20,
      throttlingBurstLimit: 40,
    },
  ];
}
