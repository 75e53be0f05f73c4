import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BedrockRuntimeClient, ConverseStreamCommand, type Message } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** What many write first: the AWS SDK behind an HTTP server, unmetered. HTTP/1.1, which is faster here than its HTTP/2. */

const client = new BedrockRuntimeClient({
  requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: 256 } }),
});

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  request.on('end', async () => {
    const { model, stream, messages } = JSON.parse(text) as {
      model: string;
      stream?: boolean;
      messages: { role: 'user'; content: string }[];
    };
    const toMessage = ({ role, content }: (typeof messages)[0]): Message => ({
      role,
      content: [{ text: content }],
    });
    const { stream: events = [] } = await client.send(
      new ConverseStreamCommand({ modelId: model, messages: messages.map(toMessage) }),
    );
    const head = { id: 'chatcmpl-1', created: Math.floor(Date.now() / 1000), model };
    if (stream) response.writeHead(200, { 'content-type': 'text/event-stream' });
    let answer = '';
    for await (const { contentBlockDelta, messageStop } of events) {
      const content = contentBlockDelta?.delta?.text;
      if (!stream) answer += content ?? '';
      else if (content !== undefined || messageStop !== undefined) {
        const choice = {
          index: 0,
          delta: content === undefined ? {} : { content },
          finish_reason: messageStop === undefined ? null : 'stop',
        };
        response.write(
          `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [choice] })}\n\n`,
        );
      }
    }
    if (stream) return void response.end('data: [DONE]\n\n');
    const choices = [{ index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' }];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...head, object: 'chat.completion', choices }));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
// Ends with the measurement, however that ends.
process.once('disconnect', () => process.exit());
