/**
 * The page's start: choose the carrier (preload bridge or WebSocket), make the model, mount.
 *
 * Nothing here talks to the network beyond the page's own origin (EL-32).
 */
import './theme/tokens.css';
import './theme/mantine.css';
import './theme/base.css';
import { createRoot } from 'react-dom/client';
import { createClient, type Transport } from '../core/contract/client.ts';
import { App } from './app/App.tsx';
import { applyTheme, rememberedTheme } from './app/theme.ts';
import { createModel, type EngineState } from './data/model.ts';
import { createWebSocketTransport, openPageSocket, pageCodec } from './data/webSocketTransport.ts';

declare global {
  interface Window {
    /** Exposed by the preload on the desktop; absent when the page is served. */
    readonly spillway?: Transport;
  }
}

const setTimer = (ms: number, run: () => void) => {
  const timer = window.setTimeout(run, ms);
  return () => window.clearTimeout(timer);
};

applyTheme(rememberedTheme());

let onEngine: (state: EngineState) => void = () => {};
let wasConnected = false;
const transport =
  window.spillway ??
  createWebSocketTransport({
    open: () => openPageSocket(window.location),
    setTimer,
    codec: pageCodec(),
    onState(connected) {
      onEngine(connected ? 'ready' : 'reconnecting');
      // What was pushed while the line was down is lost: ask for everything again.
      if (connected && wasConnected) void model.start();
      wasConnected ||= connected;
    },
  });

const model = createModel(createClient(transport), { nowMs: () => Date.now(), setTimer });
onEngine = model.engine.set;
window.setInterval(() => model.second.set(model.second.get() + 1), 1_000);
void model.start();

createRoot(document.getElementById('root')!).render(<App model={model} />);
