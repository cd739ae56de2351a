/** BPMN XML with a plain grid as its picture, for the sample procedures. */
const SIZES = { startEvent: [36, 36], endEvent: [36, 36], exclusiveGateway: [50, 50], parallelGateway: [50, 50] };
const LANE = 140;
const LEFT = 190;

function boxOf(node) {
  const [width, height] = SIZES[node.type] ?? [120, 80];
  const x = LEFT + node.col * 190 + 60 - width / 2;
  const y = 80 + node.lane * LANE + LANE / 2 - height / 2;
  return { x, y, width, height, cx: x + width / 2, cy: y + height / 2 };
}

function waypoints(from, to) {
  const [a, b] = [boxOf(from), boxOf(to)];
  if (b.cx < a.cx) {
    const y = a.y + a.height + 40;
    return [[a.cx, a.y + a.height], [a.cx, y], [b.cx, y], [b.cx, b.y + b.height]];
  }
  if (a.cy === b.cy) return [[a.x + a.width, a.cy], [b.x, b.cy]];
  const middle = (a.x + a.width + b.x) / 2;
  return [[a.x + a.width, a.cy], [middle, a.cy], [middle, b.cy], [b.x, b.cy]];
}

const text = (value) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

export function toXml(process) {
  const find = (id) => process.nodes.find((node) => node.id === id);
  const width = 140 + process.nodes.reduce((widest, node) => Math.max(widest, node.col), 0) * 190 + 120;
  const nodes = process.nodes.map((node) => `<bpmn:${node.type} id="${node.id}" name="${text(node.name)}"/>`);
  const flows = process.flows.map(
    (flow) => `<bpmn:sequenceFlow id="${flow.id}" name="${text(flow.name ?? '')}" sourceRef="${flow.from}" targetRef="${flow.to}"/>`,
  );
  const lanes = process.lanes.map((lane, index) => {
    const refs = process.nodes.filter((node) => node.lane === index);
    return `<bpmn:lane id="l_${index}" name="${text(lane)}">${refs.map((node) => `<bpmn:flowNodeRef>${node.id}</bpmn:flowNodeRef>`).join('')}</bpmn:lane>`;
  });
  const shape = (id, { x, y, width: w, height: h }, more = '') =>
    `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}" ${more}><dc:Bounds x="${x}" y="${y}" width="${w}" height="${h}"/></bpmndi:BPMNShape>`;
  const pool = { x: 110, y: 80, width: width + 30, height: LANE * process.lanes.length };
  const shapes = [
    shape('pool', pool, 'isHorizontal="true"'),
    ...process.lanes.map((_, index) =>
      shape(`l_${index}`, { x: 140, y: 80 + index * LANE, width, height: LANE }, 'isHorizontal="true"'),
    ),
    ...process.nodes.map((node) => shape(node.id, boxOf(node))),
  ];
  const edges = process.flows.map(
    (flow) =>
      `<bpmndi:BPMNEdge id="${flow.id}_di" bpmnElement="${flow.id}">${waypoints(find(flow.from), find(flow.to))
        .map(([x, y]) => `<di:waypoint x="${x}" y="${y}"/>`)
        .join('')}</bpmndi:BPMNEdge>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="definitions" targetNamespace="http://banjie.local">
<bpmn:collaboration id="collaboration"><bpmn:participant id="pool" name="市工业和信息化局" processRef="${process.id}"/></bpmn:collaboration>
<bpmn:process id="${process.id}" name="${text(process.name)}" isExecutable="true"><bpmn:laneSet id="lanes">${lanes.join('')}</bpmn:laneSet>${nodes.join('')}${flows.join('')}</bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">${shapes.join('')}${edges.join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;
}
