// The official JavaScript client against a running server.
// Usage: node scenario.mjs MODULE VALIDATION ADDRESS PASSWORD FOLDER
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [name, validation, address, password, folder] = process.argv.slice(2);
const { createCamundaClient } = await import(name);

function connect(username, checking = validation) {
  return createCamundaClient({
    config: {
      CAMUNDA_REST_ADDRESS: address,
      CAMUNDA_AUTH_STRATEGY: "BASIC",
      CAMUNDA_BASIC_AUTH_USERNAME: username,
      CAMUNDA_BASIC_AUTH_PASSWORD: password,
      CAMUNDA_SDK_VALIDATION: checking,
      CAMUNDA_SDK_LOG_LEVEL: "error",
      CAMUNDA_SDK_HTTP_RETRY_MAX_ATTEMPTS: 1,
    },
  });
}

const now = { consistency: { waitUpToMs: 0 } };
const boss = connect("boss");
const worker = connect("worker");

async function start(processDefinitionId, variables = {}) {
  const { processInstanceKey } = await boss.createProcessInstance({ processDefinitionId, variables });
  return processInstanceKey;
}

async function stateOf(processInstanceKey) {
  return (await boss.getProcessInstance({ processInstanceKey }, now)).state;
}

async function openTasks(processInstanceKey) {
  return (await boss.searchUserTasks({ filter: { processInstanceKey, state: "CREATED" } }, now)).items;
}

async function jobs(type) {
  const request = { type, worker: "tests", timeout: 60000, maxJobsToActivate: 10, requestTimeout: -1 };
  return (await worker.activateJobs(request)).jobs;
}

async function refused(promise, status) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.status, status, `${error.name}: ${error.message}`);
    return true;
  });
}

const steps = {
  async "deploy and read"() {
    assert.equal((await boss.getTopology()).brokers.length, 1);
    const resources = readdirSync(folder).map((file) => new File([readFileSync(join(folder, file))], file));
    const deployed = await boss.createDeployment({ resources });
    assert.equal(deployed.processes.length, 8);
    const { processDefinitionKey } = deployed.processes.find((each) => each.processDefinitionId === "two-tasks");
    assert.match(await boss.getProcessDefinitionXml({ processDefinitionKey }, now), /<bpmn:process/);
    assert.equal((await boss.getProcessDefinition({ processDefinitionKey }, now)).name, "两步");
    const found = await boss.searchProcessDefinitions({ filter: { isLatestVersion: true } }, now);
    assert.equal(found.page.totalItems, 8);
    const { decisionDefinitionKey } = deployed.decisions[0];
    assert.match(await boss.getDecisionDefinitionXml({ decisionDefinitionKey }, now), /<decision /);
  },

  async "user tasks"() {
    const key = await start("two-tasks", { matter: "买纸" });
    const [{ userTaskKey }] = await openTasks(key);
    await boss.assignUserTask({ userTaskKey, assignee: "boss" });
    await boss.updateUserTask({ userTaskKey, changeset: { priority: 70, dueDate: "2030-01-02T03:04:05Z" } });
    const task = await boss.getUserTask({ userTaskKey }, now);
    assert.deepEqual([task.assignee, task.priority, task.name], ["boss", 70, "受理"]);
    assert.equal((await boss.getUserTaskForm({ userTaskKey }, now)).formId, "apply");
    const seen = await boss.searchUserTaskVariables({ userTaskKey }, now);
    assert.equal(seen.items.find((each) => each.name === "matter").value, '"买纸"');
    await boss.completeUserTask({ userTaskKey, variables: { matter: "买两包纸" } });
    const [second] = await openTasks(key);
    await boss.completeUserTask({ userTaskKey: second.userTaskKey });
    assert.equal(await stateOf(key), "COMPLETED");
    await refused(boss.completeUserTask({ userTaskKey: second.userTaskKey }), 409);
  },

  async "jobs, an incident and its resolution"() {
    const key = await start("work", { order: "7" });
    const [job] = await jobs("serve");
    assert.deepEqual([job.retries, job.variables.order], [3, "7"]);
    await worker.failJob({ jobKey: job.jobKey, retries: 0, errorMessage: "没有纸" });
    const found = await boss.searchProcessInstanceIncidents({ processInstanceKey: key }, now);
    const [{ incidentKey, errorType }] = found.items;
    assert.equal(errorType, "JOB_NO_RETRIES");
    await boss.resolveIncident({ incidentKey });
    assert.equal((await boss.getIncident({ incidentKey }, now)).state, "RESOLVED");
    const [again] = await jobs("serve");
    await worker.completeJob({ jobKey: again.jobKey, variables: { printed: true } });
    assert.equal(await stateOf(key), "COMPLETED");
    assert.equal((await boss.searchJobs({ filter: { processInstanceKey: key } }, now)).items[0].state, "COMPLETED");
    await refused(worker.completeJob({ jobKey: again.jobKey }), 409);
  },

  async "messages, signals"() {
    const waiting = await start("waits", { order: "A1" });
    const subscriptions = await boss.searchMessageSubscriptions({ filter: { correlationKey: "A1" } }, now);
    assert.equal(subscriptions.items[0].messageName, "paid");
    await boss.publishMessage({ name: "paid", correlationKey: "A1", timeToLive: 0, variables: { amount: 1 } });
    assert.equal(await stateOf(waiting), "COMPLETED");
    const listening = await start("listens");
    await boss.broadcastSignal({ signalName: "bell" });
    assert.equal(await stateOf(listening), "COMPLETED");
    await refused(boss.correlateMessage({ name: "paid", correlationKey: "nobody" }), 404);
  },

  async decisions() {
    const result = await boss.evaluateDecision({ decisionDefinitionId: "level", variables: { amount: 1000 } });
    assert.equal(result.output, '"局长"');
    const processDefinitionId = "decides";
    const case_ = await boss.createProcessInstance({
      processDefinitionId, variables: { amount: 3 }, awaitCompletion: true,
    });
    assert.equal(case_.variables.level, "科长");
    const asked = await boss.searchDecisionInstances(
      { filter: { processInstanceKey: case_.processInstanceKey } }, now,
    );
    assert.equal(asked.items[0].decisionDefinitionType, "DECISION_TABLE");
  },

  async "multi-instance, elements, variables"() {
    const key = await start("many", { items: ["甲", "乙"] });
    const activated = await jobs("each");
    for (const job of activated) {
      await worker.completeJob({ jobKey: job.jobKey, variables: { result: `${job.variables.item}办` } });
    }
    const [{ value, variableKey }] = (
      await boss.searchVariables({ filter: { processInstanceKey: key, name: "results" } }, now)
    ).items;
    assert.deepEqual(JSON.parse(value), ["甲办", "乙办"]);
    assert.equal((await boss.getVariable({ variableKey }, now)).name, "results");
    const elements = await boss.searchElementInstances({ filter: { processInstanceKey: key } }, now);
    assert.ok(elements.items.some((each) => each.type === "MULTI_INSTANCE_BODY"));
  },

  async "modify, migrate, cancel"() {
    const key = await start("two-tasks");
    const [first] = await openTasks(key);
    await boss.modifyProcessInstance({
      processInstanceKey: key,
      activateInstructions: [{ elementId: "second" }],
      terminateInstructions: [{ elementInstanceKey: first.elementInstanceKey }],
    });
    assert.deepEqual((await openTasks(key)).map((each) => each.elementId), ["second"]);
    const text = readFileSync(join(folder, "two-tasks.bpmn"), "utf8").replaceAll("second", "last");
    const { processes } = await boss.createDeployment({ resources: [new File([text], "two-tasks.bpmn")] });
    await boss.migrateProcessInstance({
      processInstanceKey: key,
      targetProcessDefinitionKey: processes[0].processDefinitionKey,
      mappingInstructions: [{ sourceElementId: "second", targetElementId: "last" }],
    });
    assert.deepEqual((await openTasks(key)).map((each) => each.elementId), ["last"]);
    await boss.cancelProcessInstance({ processInstanceKey: key });
    assert.equal(await stateOf(key), "TERMINATED");
    await refused(boss.getProcessInstance({ processInstanceKey: "1" }, now), 404);
  },

  async "documents, users, groups"() {
    const file = new File(["纸质材料"], "材料.txt", { type: "text/plain" });
    const { documentId } = await boss.createDocument({ file, metadata: { fileName: "材料.txt" } });
    // Its own check takes the content for a text, which no binary file is.
    const content = await connect("boss", "none").getDocument({ documentId });
    assert.equal(await content.text(), "纸质材料");
    await boss.deleteDocument({ documentId });
    assert.equal((await boss.getUser({ username: "clerk" }, now)).name, "文某");
    assert.ok((await boss.searchGroups({}, now)).items.some((each) => each.groupId === "文书"));
  },
};

for (const [title, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`done: ${title}`);
  } catch (error) {
    console.error(`failed: ${title}\n${error.stack}\n${JSON.stringify(error)}`);
    process.exitCode = 1;
  }
}
