import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/tokens.css';
import './app/ui.css';
import './app/shell.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('no element: id=root');
}
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
