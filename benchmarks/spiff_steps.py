"""The peer: SpiffWorkflow, one step as load the serialised workflow, complete a task, store it."""

import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

STEPS = 10
TASKS = "".join(
    f'<manualTask id="t{n}" name="step {n}"><incoming>f{n}</incoming>'
    f"<outgoing>f{n + 1}</outgoing></manualTask>"
    for n in range(STEPS)
)
FLOWS = "".join(
    f'<sequenceFlow id="f{n}" sourceRef="{"start" if n == 0 else f"t{n - 1}"}"'
    f' targetRef="{"end" if n == STEPS else f"t{n}"}"/>'
    for n in range(STEPS + 1)
)
BPMN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="a">'
    '<process id="P" isExecutable="true">'
    '<startEvent id="start"><outgoing>f0</outgoing></startEvent>'
    f'{TASKS}<endEvent id="end"><incoming>f{STEPS}</incoming></endEvent>'
    f"{FLOWS}</process></definitions>"
)


def main(cases: int) -> float:
    """Give microseconds a step."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "p.bpmn"
        file.write_text(BPMN)
        parser = BpmnParser()
        parser.add_bpmn_file(str(file))
        spec = parser.get_spec("P")
        serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        connection = sqlite3.connect(Path(folder) / "spiff.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE w (id INTEGER PRIMARY KEY, body TEXT)")
        for case in range(cases):
            workflow = BpmnWorkflow(spec)
            workflow.do_engine_steps()
            body = json.dumps(serializer.to_dict(workflow))
            connection.execute("INSERT INTO w VALUES (?, ?)", (case, body))
        begun = time.perf_counter()
        for case in range(cases):
            for _ in range(STEPS):
                connection.execute("BEGIN IMMEDIATE")
                (body,) = connection.execute("SELECT body FROM w WHERE id = ?", (case,)).fetchone()
                workflow = serializer.from_dict(json.loads(body))
                workflow.get_tasks(state=TaskState.READY, manual=True)[0].run()
                workflow.do_engine_steps()
                body = json.dumps(serializer.to_dict(workflow))
                connection.execute("UPDATE w SET body = ? WHERE id = ?", (body, case))
                connection.execute("COMMIT")
        return (time.perf_counter() - begun) / (cases * STEPS) * 1e6


if __name__ == "__main__":
    print(main(int(sys.argv[1])))
