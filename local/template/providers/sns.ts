import * as z from 'zod';
import type { Topics } from '../../aws/sns/topics.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties } from './read-properties.ts';

const topic = z.looseObject({ TopicName: z.string().optional() });
const subscription = z.looseObject({
  TopicArn: z.string(),
  Protocol: z.literal('email'),
  Endpoint: z.string(),
});
const oneOrMore = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const policy = z.looseObject({
  Topics: z.array(z.string()),
  PolicyDocument: z.looseObject({
    Statement: z.array(
      z.looseObject({
        Effect: z.enum(['Allow', 'Deny']),
        Action: oneOrMore,
        Principal: z.union([z.string(), z.looseObject({ Service: oneOrMore.optional() })]),
      }),
    ),
  }),
});

/** Topics that alarms publish to, and who gets their mails. */
export function snsProviders(topics: Pick<Topics, 'define' | 'subscribe' | 'restrict'>): ResourceProvider[] {
  return [
    {
      type: 'AWS::SNS::Topic',
      create(logicalId, properties, { stackName, environment: { partition, region, accountId } }) {
        const { TopicName = physicalName({ stackName, logicalId }) } = readProperties(topic, properties);
        const ref = `arn:${partition}:sns:${region}:${accountId}:${TopicName}`;
        topics.define(ref);
        return { ref, attributes: { TopicArn: ref, TopicName } };
      },
    },
    {
      type: 'AWS::SNS::Subscription',
      create(logicalId, properties, { stackName }) {
        const { TopicArn, Endpoint } = readProperties(subscription, properties);
        topics.subscribe(TopicArn, Endpoint);
        return { ref: `${TopicArn}:${physicalName({ stackName, logicalId })}`, attributes: {} };
      },
    },
    {
      type: 'AWS::SNS::TopicPolicy',
      create(logicalId, properties, { stackName }) {
        const { Topics: arns, PolicyDocument } = readProperties(policy, properties);
        const services = PolicyDocument.Statement.filter(
          ({ Effect, Action }) =>
            Effect === 'Allow' && Action.some((action) => /^sns:(publish|\*)$/i.test(action)),
        ).flatMap(({ Principal }) => (typeof Principal === 'string' ? [] : (Principal.Service ?? [])));
        for (const arn of arns) topics.restrict(arn, services);
        return { ref: physicalName({ stackName, logicalId }), attributes: {} };
      },
    },
  ];
}
