import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { createApi } from './api.ts';
import { readConfig } from './config.ts';
import { startLanguage } from './language/current-language.ts';
import { InLanguage } from './language/in-language.tsx';
import { ServiceName } from './parts/document-title.tsx';
import { createQueryClient } from './query-client.ts';
import { routes } from './routes.tsx';
import { createSession } from './session.ts';
import { ConsoleContext } from './shell/console-context.ts';
import { hintLoggedIn } from './shell/session/logged-in-hint.ts';
import { StartFailure } from './shell/trouble/start-failure.tsx';
import './styles/console.css';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root');
const root = createRoot(place);
const send: typeof fetch = (...request) => fetch(...request);

const session = createSession({
  send,
  now: Date.now,
  schedule(work, delayMs) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
  locks: navigator.locks,
  channel: new BroadcastChannel('daypass-session'),
});
const queries = createQueryClient();

// A user must never see the data of the one before.
let userId: string | undefined;
session.subscribe(() => {
  const { status, userId: next } = session.state();
  if (status === 'logged-in' || status === 'logged-out') hintLoggedIn(status === 'logged-in');
  if (userId !== undefined && userId !== next) queries.clear();
  userId = next;
});

void session.start();
// Begins to load the screen, beside the session and the configuration.
const router = createBrowserRouter(routes);
Promise.all([readConfig(send), startLanguage()]).then(
  ([config]) => {
    const console = { api: createApi({ send, session }), config, session };
    root.render(
      <StrictMode>
        <ConsoleContext value={console}>
          <ServiceName value={config.site.name}>
            <QueryClientProvider client={queries}>
              <InLanguage>
                <RouterProvider router={router} />
              </InLanguage>
            </QueryClientProvider>
          </ServiceName>
        </ConsoleContext>
      </StrictMode>,
    );
  },
  () => startLanguage().then(() => root.render(<StartFailure />)),
);
