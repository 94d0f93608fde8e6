import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadSocket } from '../live';
import { App } from './app';
import { startLanguage } from './appearance';
import { askForPage } from './router';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
void loadSocket().catch(() => undefined);
askForPage();
void startLanguage().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
