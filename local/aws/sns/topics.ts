import type { Log } from '../../log.ts';
import type { Mailbox } from '../../mail/mail.ts';

/** Topics, by ARN, as far as alarms publish to them. */
export interface Topics {
  define(arn: string): void;
  subscribe(arn: string, email: string): void;
  /** @param services that may publish by the topic's policy, which replaces SNS's own */
  restrict(arn: string, services: readonly string[]): void;
  /** Mails a notification to a topic's subscribers, who confirm at once here. */
  publish(service: string, arn: string, message: { subject: string; text: string }): void;
  clear(): void;
}

export function createTopics({ mailbox, log }: { mailbox: Pick<Mailbox, 'send'>; log: Log }): Topics {
  const topics = new Map<string, { emails: string[]; publishers: readonly string[] | undefined }>();
  const topicOf = (arn: string) => {
    const topic = topics.get(arn);
    if (topic === undefined) throw new Error(`there is no topic ${arn}.`);
    return topic;
  };
  return {
    define: (arn) => void topics.set(arn, { emails: [], publishers: undefined }),
    subscribe: (arn, email) => void topicOf(arn).emails.push(email),
    restrict(arn, services) {
      topicOf(arn).publishers = services;
    },
    publish(service, arn, { subject, text }) {
      const { emails, publishers } = topicOf(arn);
      if (publishers !== undefined && !publishers.includes(service)) {
        log.warn('sns', `${service} may not publish to ${arn}: its policy doesn't allow it`);
        return;
      }
      for (const to of emails) mailbox.send({ to, subject, text });
    },
    clear: () => topics.clear(),
  };
}
