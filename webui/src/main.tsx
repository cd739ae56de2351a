import './polyfills';
import './styles/tokens.css';
import './styles/base.css';
import './styles/due.css';
import './styles/overlays.css';
import './styles/shell.css';
import './styles/inbox.css';
import { render } from 'preact';
import { App } from './App';
import { applyTextSize, textSize } from './state/preferences';

applyTextSize(textSize.value);
const root = document.getElementById('app');
if (root) render(<App />, root);
