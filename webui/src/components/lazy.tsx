import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Waiting } from './Loaded';

/**
 * A component whose code is fetched when it is first shown. A chunk that is gone
 * means that the server was updated meanwhile: only a fresh page helps.
 */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Lazy(props: Props) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          redraw((turn) => turn + 1);
        },
        (error: unknown) => {
          console.error(error);
          setFailed(true);
        },
      );
    }, []);
    if (failed) return <Updated />;
    const Component = loaded;
    return Component ? <Component {...props} /> : <Waiting />;
  };
}

function Updated() {
  return (
    <div class="failure" role="alert">
      <p>页面未能载入，系统可能刚刚更新。</p>
      <button type="button" class="button" onClick={() => window.location.reload()}>
        刷新页面
      </button>
    </div>
  );
}
