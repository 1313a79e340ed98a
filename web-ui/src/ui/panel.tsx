import { type ReactNode, useEffect, useId, useState } from 'react';

/** What a panel has to show. Data that is there stays, marked, whatever happens to its source. */
export type PanelState =
  | { kind: 'ready' }
  | { kind: 'loading'; what: string; onRetry?: () => void }
  | { kind: 'empty'; message: ReactNode }
  | { kind: 'error'; message: string; requestId?: string; onRetry?: () => void }
  | { kind: 'stale'; asOf: string }
  | { kind: 'forbidden'; reason: string };

type PanelProps = {
  title: string;
  area?: string;
  actions?: ReactNode;
  state?: PanelState;
  /** Stay whatever the panel has to show: the answer to a close may come when no row is left. */
  dialogs?: ReactNode;
  children?: ReactNode;
};

export function Panel({ title, area, actions, state = READY, dialogs, children }: PanelProps) {
  const id = useId();
  const stale = state.kind === 'stale';
  return (
    <section
      className="panel"
      data-area={area}
      data-state={state.kind}
      aria-labelledby={id}
      style={area ? { gridArea: area } : undefined}
    >
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {stale && <span className="panel-asof">as of {state.asOf}</span>}
        <div className="panel-actions">{actions}</div>
      </div>
      <div className="panel-body">
        <PanelNotice state={state} />
        {(state.kind === 'ready' || stale) && children}
      </div>
      {dialogs}
    </section>
  );
}

const READY: PanelState = { kind: 'ready' };

function PanelNotice({ state }: { state: PanelState }) {
  switch (state.kind) {
    case 'loading':
      return <Loading what={state.what} onRetry={state.onRetry} />;
    case 'empty':
      return <div className="panel-empty">{state.message}</div>;
    case 'forbidden':
      return <div className="panel-empty">{state.reason}</div>;
    case 'error':
      return (
        <div className="panel-error" role="alert">
          <p>{state.message}</p>
          {state.requestId && <p className="muted">Request {state.requestId}</p>}
          {state.onRetry && (
            <button type="button" className="button" onClick={state.onRetry}>
              Try again
            </button>
          )}
        </div>
      );
    default:
      return null;
  }
}

const SKELETON_AFTER_MS = 150;
const WAITING_AFTER_MS = 8_000;

/** Nothing for 150 ms, then a skeleton, then after 8 s words and a way out. */
function Loading({ what, onRetry }: { what: string; onRetry?: () => void }) {
  const [stage, setStage] = useState<'nothing' | 'skeleton' | 'waiting'>('nothing');
  useEffect(() => {
    const skeleton = setTimeout(() => setStage('skeleton'), SKELETON_AFTER_MS);
    const waiting = setTimeout(() => setStage('waiting'), WAITING_AFTER_MS);
    return () => {
      clearTimeout(skeleton);
      clearTimeout(waiting);
    };
  }, []);
  if (stage === 'waiting') {
    return (
      <div className="panel-empty" role="status">
        Still waiting for {what}.
        {onRetry && (
          <button type="button" className="button" onClick={onRetry}>
            Try again
          </button>
        )}
      </div>
    );
  }
  return stage === 'skeleton' ? (
    <div className="skeleton" role="status" aria-label={`Loading ${what}`} />
  ) : null;
}
