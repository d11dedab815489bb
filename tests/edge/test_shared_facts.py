"""What the Worker knows of providers is what the gateway runtime knows of them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cfaig.runtime.providers.catalog import APIS
from cfaig.runtime.providers.models import model_of

FOLDER = Path(__file__).parents[2] / "edge"
MODELS = """
import { readFileSync } from "node:fs";
import { modelInBody, modelInPath } from "./src/models.js";
const told = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(told.map(([provider, path, body]) =>
  modelInPath(provider, [provider, ...path.split("/")]) ?? modelInBody(body) ?? null)));
"""
KEYS = """
import { readFileSync } from "node:fs";
import { keyPlace } from "./src/credentials.js";
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((provider) => keyPlace(provider, false))));
"""
CASES: list[tuple[str, str, Any]] = [
    ("anthropic", "v1/messages", {"model": "claude-sonnet-4-5"}),
    ("aws-bedrock", "bedrock-runtime/us-east-1/model/anthropic.claude/invoke", {"model": "no"}),
    ("azure-openai", "resource/deployment/chat/completions", {}),
    ("baseten", "model/abc/predict", {}),
    ("baseten", "v1/chat/completions", {"model": "deepseek"}),
    ("deepgram", "v1/listen", None),
    ("elevenlabs", "v1/text-to-speech/voice", {"model_id": "eleven_v3"}),
    ("fal", "fal-ai/flux/dev", {}),
    ("google-ai-studio", "v1beta/models/gemini-2.5-flash:generateContent", {}),
    ("google-vertex-ai", "v1/projects/p/locations/l/publishers/google/models/gemini:rawPredict", {}),
    ("huggingface", "bigcode/starcoder", {}),
    ("openai", "chat/completions", {"model": "gpt-4o"}),
    ("openai", "chat/completions", {"model": 7, "modelId": "x"}),
    ("openai", "chat/completions", ["model"]),
    ("replicate", "v1/models/meta/llama/predictions", {}),
    ("workers-ai", "@cf/meta/llama-3.1-8b-instruct", {}),
    ("workers-ai", "run/@hf/x/y/", {}),
    ("workers-ai", "v1/chat/completions", {"model": "@cf/meta/llama"}),
    ("custom-ollama", "v1/chat/completions", {"model": "llama3"}),
]


def said_by_worker(program: str, told: object) -> list[Any]:
    """What the Worker's own modules, run by Node, make of it."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    command = [node, "--input-type=module", "--eval", program]
    text = json.dumps(told)
    done = subprocess.run(command, cwd=FOLDER, input=text, capture_output=True, text=True, timeout=60, check=True)
    return list(json.loads(done.stdout))


def test_models() -> None:
    expected = [model_of(slug, path, json.dumps(body).encode()) for slug, path, body in CASES]
    assert said_by_worker(MODELS, CASES) == expected


def test_places_of_keys() -> None:
    expected = [{"header": api.key.header, "scheme": api.key.scheme} for api in APIS.values()]
    assert said_by_worker(KEYS, list(APIS)) == expected
