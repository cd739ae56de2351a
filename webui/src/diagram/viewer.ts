import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import type { Marks } from './fold';

const FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif';
const READABLE_SCALE = 0.7;
/** Events and gateways are too small for a tick; the flows around them say that they were passed. */
const TASK_WIDTH = 80;

interface Point {
  x: number;
  y: number;
}

interface DiagramElement extends Point {
  id: string;
  width: number;
  height: number;
  waypoints?: Point[];
  labelTarget?: unknown;
}

interface Canvas {
  addMarker(element: string, marker: string): void;
  removeMarker(element: string, marker: string): void;
  zoom(scale?: number | 'fit-viewport', center?: 'auto'): number;
  viewbox(): Point & { width: number; height: number; inner: Point & { width: number; height: number } };
  viewbox(box: Point & { width: number; height: number }): void;
  scrollToElement(element: string, padding?: number): void;
  getRootElement(): { id: string };
  getLayer(name: string, index: number): SVGGElement;
  resized(): void;
}

interface ElementRegistry {
  get(id: string): DiagramElement | undefined;
}

interface Overlays {
  add(element: string, type: string, overlay: { position: object; html: HTMLElement }): string;
  remove(filter: { type: string }): void;
}

interface ModdleElement {
  $type: string;
  isMarkerVisible?: boolean;
  bpmnElement?: ModdleElement;
  plane?: { planeElement?: ModdleElement[] };
  diagrams?: ModdleElement[];
}

/** A gateway without `isMarkerVisible` would be drawn without its X. */
function showGatewayMarkers(definitions: ModdleElement): void {
  for (const diagram of definitions.diagrams ?? []) {
    for (const shape of diagram.plane?.planeElement ?? []) {
      if (shape.bpmnElement?.$type === 'bpmn:ExclusiveGateway') shape.isMarkerVisible = true;
    }
  }
}

function badge(text: string, tone: string): HTMLElement {
  const element = document.createElement('div');
  element.className = `badge badge-${tone}`;
  element.textContent = text;
  return element;
}

/** A read-only diagram with marks; the page talks to bpmn-js through nothing else. */
export class Diagram {
  private readonly viewer: NavigatedViewer;
  private shown = new Map<string, Set<string>>();
  private ended = false;

  constructor(container: HTMLElement) {
    this.viewer = new NavigatedViewer({
      container,
      textRenderer: {
        defaultStyle: { fontFamily: FONT, fontSize: 12, lineHeight: 1.25 },
        externalStyle: { fontFamily: FONT, fontSize: 12, lineHeight: 1.25 },
      },
    });
    this.viewer.on('import.parse.complete', (event: { definitions?: ModdleElement }) => {
      if (event.definitions) showGatewayMarkers(event.definitions);
    });
  }

  /** Throws when the XML has no diagram that can be drawn. */
  async show(xml: string): Promise<void> {
    this.shown = new Map();
    await this.viewer.importXML(xml);
    this.fit();
  }

  /** Fits the whole diagram in, however small it becomes. */
  fitWhole(): void {
    this.canvas.resized();
    this.canvas.zoom('fit-viewport', 'auto');
  }

  /** Fits the whole diagram in when it stays readable, else its beginning at a readable scale. */
  fit(): void {
    const canvas = this.canvas;
    canvas.resized();
    if (canvas.zoom('fit-viewport', 'auto') >= READABLE_SCALE) return;
    canvas.zoom(READABLE_SCALE);
    const { inner, width, height } = canvas.viewbox();
    const top = inner.height < height ? inner.y - (height - inner.height) / 2 : inner.y - 20;
    canvas.viewbox({ x: inner.x - 20, y: top, width, height });
  }

  zoomBy(factor: number): void {
    this.canvas.zoom(this.canvas.zoom() * factor, 'auto');
  }

  /** Brings an element into view; nothing happens when the diagram does not draw it. */
  reveal(id: string): void {
    if (!this.ended && this.drawn(id)) this.canvas.scrollToElement(id, 60);
  }

  /** Shows the marks, touching only what differs from those before. */
  mark(marks: Marks): void {
    if (this.ended) return;
    const wanted = this.markersOf(marks);
    for (const [id, markers] of this.shown) {
      for (const marker of markers) if (!wanted.get(id)?.has(marker)) this.canvas.removeMarker(id, marker);
    }
    for (const [id, markers] of wanted) {
      for (const marker of markers) if (!this.shown.get(id)?.has(marker)) this.canvas.addMarker(id, marker);
    }
    this.shown = wanted;
    this.showBadges(marks);
  }

  /** The corners of a drawn flow; none when it is not in this diagram. */
  waypoints(flowId: string): Point[] {
    return this.ended ? [] : (this.registry.get(flowId)?.waypoints ?? []);
  }

  /** The layer above the shapes, for what moves. */
  get layer(): SVGGElement {
    return this.canvas.getLayer('replay', 100);
  }

  /** Ends it. Whoever still holds it may ask for marks; nothing happens then. */
  destroy(): void {
    this.ended = true;
    this.viewer.destroy();
  }

  private get canvas(): Canvas {
    return this.viewer.get<Canvas>('canvas');
  }

  private get registry(): ElementRegistry {
    return this.viewer.get<ElementRegistry>('elementRegistry');
  }

  private drawn(id: string): DiagramElement | undefined {
    return id === this.canvas.getRootElement().id ? undefined : this.registry.get(id);
  }

  private markersOf(marks: Marks): Map<string, Set<string>> {
    const result = new Map<string, Set<string>>();
    const put = (ids: Iterable<string>, marker: string) => {
      for (const id of ids) {
        if (!this.drawn(id)) continue;
        result.set(id, (result.get(id) ?? new Set()).add(marker));
      }
    };
    put(marks.done, 'bj-done');
    put(marks.taken, 'bj-taken');
    put(marks.terminated, 'bj-terminated');
    put(marks.active, 'bj-active');
    put(marks.incidents, 'bj-incident');
    return result;
  }

  private showBadges(marks: Marks): void {
    const overlays = this.viewer.get<Overlays>('overlays');
    overlays.remove({ type: 'replay' });
    const add = (id: string, position: object, html: HTMLElement) => {
      if (this.drawn(id)) overlays.add(id, 'replay', { position, html });
    };
    for (const id of marks.active) {
      if (!marks.incidents.includes(id)) add(id, { top: -12, left: -6 }, badge('当前', 'active'));
    }
    for (const id of marks.incidents) add(id, { top: -12, left: -6 }, badge('异常', 'incident'));
    for (const id of marks.terminated) add(id, { top: -12, left: -6 }, badge('已取消', 'muted'));
    for (const id of marks.done) {
      if ((this.drawn(id)?.width ?? 0) >= TASK_WIDTH) add(id, { bottom: 9, left: -6 }, badge('✓', 'done'));
    }
    for (const [id, times] of marks.repeats) add(id, { top: -12, right: 14 }, badge(`×${times}`, 'times'));
  }
}
