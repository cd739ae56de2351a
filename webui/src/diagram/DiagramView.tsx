import 'bpmn-js/dist/assets/diagram-js.css';
import './diagram.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { moveDot } from './dot';
import type { Marks } from './fold';
import { Diagram } from './viewer';

interface DiagramViewProps {
  xml: string;
  marks: Marks;
  label: string;
  /** Moves the dot along the marks' last flows. */
  animate?: boolean;
  /** Keeps this element in view. */
  focus?: string | null;
}

/** A diagram with its marks. It cannot take focus: the page always says the same in a list beside it. */
export function DiagramView({ xml, marks, label, animate = false, focus = null }: DiagramViewProps) {
  const container = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<{ xml: string; diagram: Diagram } | null>(null);
  const [failure, setFailure] = useState('');
  const [whole, setWhole] = useState(false);
  const diagram = drawn?.xml === xml ? drawn.diagram : null;

  useEffect(() => {
    diagram?.fit();
    if (!whole) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setWhole(false);
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [whole]);

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const created = new Diagram(element);
    let wanted = true;
    setFailure('');
    created.show(xml).then(
      () => wanted && setDrawn({ xml, diagram: created }),
      (error: unknown) => wanted && setFailure(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      wanted = false;
      setDrawn(null);
      created.destroy();
    };
  }, [xml]);

  // Before the page is painted, so that the marks never belong to another step than the words around them.
  useLayoutEffect(() => {
    if (!diagram) return;
    diagram.mark(marks);
    if (focus) diagram.reveal(focus);
    return animate ? moveDot(diagram, marks.lastFlows) : undefined;
  }, [diagram, marks, focus, animate]);

  return (
    <div class={whole ? 'diagram diagram-whole' : 'diagram'}>
      <div class="diagram-tools" role="group" aria-label="流程图缩放">
        <button type="button" class="button" onClick={() => diagram?.fitWhole()}>
          适合窗口
        </button>
        <button type="button" class="button" aria-label="放大" onClick={() => diagram?.zoomBy(1.25)}>
          ＋
        </button>
        <button type="button" class="button" aria-label="缩小" onClick={() => diagram?.zoomBy(0.8)}>
          －
        </button>
        <button type="button" class="button" aria-pressed={whole} onClick={() => setWhole(!whole)}>
          {whole ? '退出全屏' : '全屏'}
        </button>
      </div>
      {failure && (
        <p class="failure" role="alert">
          流程图未能显示：{failure}
        </p>
      )}
      <div class="diagram-canvas" ref={container} role="figure" aria-label={label} aria-busy={!diagram && !failure} />
      <p class="legend muted" aria-hidden="true">
        <span class="legend-item legend-active">当前</span>
        <span class="legend-item legend-done">已办</span>
        <span class="legend-item legend-taken">走过的路径</span>
        <span class="legend-item">×n 办理次数</span>
      </p>
    </div>
  );
}
