import type { ComponentChildren } from 'preact';
import { messageOf } from '../api/errors';
import type { Loading } from '../state/loading';

interface LoadedProps<Value> {
  of: Loading<Value>;
  children: (value: Value) => ComponentChildren;
}

/** Shows a loaded value; before that says that it is coming, or why it is not and how to try again. */
export function Loaded<Value>({ of, children }: LoadedProps<Value>) {
  if (of.error !== undefined && of.value === undefined) return <Failure error={of.error} onRetry={of.reload} />;
  if (of.value === undefined) return <Waiting />;
  return <>{children(of.value)}</>;
}

export function Waiting() {
  return (
    <p class="waiting muted" role="status">
      正在加载……
    </p>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div class="failure" role="alert">
      <p>{messageOf(error)}</p>
      <button type="button" class="button" onClick={onRetry}>
        重试
      </button>
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty muted">{children}</p>;
}
