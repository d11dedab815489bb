"""Pulumi's provider protocol (gRPC), for any table of kinds.

Secrets are taken off before a kind sees a value and put back in every answer. Errors reach the user as plain text.
"""

# ruff: noqa: ARG002, D102, N802 (the names and signatures are the protocol's)

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NoReturn, Protocol

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc, status_pb2

from cfaig.errors import CfaigError
from cfaig.provider.difference import Difference, compare
from cfaig.provider.kind import HalfMadeError, Kind, plain
from cfaig.provider.plugin import Plugin
from cfaig.provider.values import (
    Properties,
    conceal,
    from_struct,
    has_unknown,
    json_spellings,
    reveal,
    secret_names,
    secret_texts,
    texts_in_json,
    to_struct,
)

PARTIAL_FAILURE: Final = "resource {id} exists, but is not wholly as asked"


class _ForOneResource(Protocol):
    """What all requests for one resource have."""

    @property
    def type(self) -> str: ...
    @property
    def urn(self) -> str: ...


class _FailedWithDetails(grpc.Status):
    """An error with details, as `ServicerContext.abort_with_status` takes it."""

    def __init__(self, status: status_pb2.Status) -> None:
        self.code = grpc.StatusCode.UNKNOWN
        self.details = status.message
        self.trailing_metadata = (("grpc-status-details-bin", status.SerializeToString()),)


class ProviderServicer(provider_pb2_grpc.ResourceProviderServicer):
    """Serves one `Plugin`; calls come from several threads at once."""

    def __init__(self, plugin: Plugin) -> None:
        self._plugin = plugin
        self._kinds: Mapping[str, Kind] = {kind.token: kind for kind in plugin.kinds}

    # -- the plugin itself

    def Handshake(
        self, request: provider_pb2.ProviderHandshakeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ProviderHandshakeResponse:
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(self, request: plugin_pb2.PluginAttach, context: grpc.ServicerContext) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=self._plugin.version)

    def GetSchema(
        self, request: provider_pb2.GetSchemaRequest, context: grpc.ServicerContext
    ) -> provider_pb2.GetSchemaResponse:
        return provider_pb2.GetSchemaResponse(schema=self._plugin.schema())

    def GetMappings(
        self, request: provider_pb2.GetMappingsRequest, context: grpc.ServicerContext
    ) -> provider_pb2.GetMappingsResponse:
        return provider_pb2.GetMappingsResponse()

    def Parameterize(
        self, request: provider_pb2.ParameterizeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ParameterizeResponse:
        _refuse(context, "takes no parameters")

    def Invoke(self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext) -> provider_pb2.InvokeResponse:
        _refuse(context, f"has no function {request.tok}")

    def Call(self, request: provider_pb2.CallRequest, context: grpc.ServicerContext) -> provider_pb2.CallResponse:
        _refuse(context, f"has no method {request.tok}")

    def Construct(
        self, request: provider_pb2.ConstructRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConstructResponse:
        _refuse(context, f"has no component {request.type}")

    def GetMapping(
        self, request: provider_pb2.GetMappingRequest, context: grpc.ServicerContext
    ) -> provider_pb2.GetMappingResponse:
        return provider_pb2.GetMappingResponse()

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        self._plugin.cancel()
        return empty_pb2.Empty()

    def CheckConfig(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        news = from_struct(request.news)
        hidden = [entry.name for entry in self._plugin.config if entry.secret and news.get(entry.name) is not None]
        return provider_pb2.CheckResponse(inputs=to_struct(conceal(news, hidden)))

    def DiffConfig(self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext) -> provider_pb2.DiffResponse:
        old = plain(from_struct(request.old_inputs if request.HasField("old_inputs") else request.olds))
        return _diff_response(compare(old, plain(from_struct(request.news))))

    def Configure(
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        given = plain(from_struct(request.args))
        with _told_plainly(context):
            self._plugin.configure({name: value for name, value in given.items() if not has_unknown(value)})
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    # -- its resources

    def Check(self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext) -> provider_pb2.CheckResponse:
        news = from_struct(request.news)
        kind = self._kind(request, context)
        with _told_plainly(context, kind):
            inputs, failures = kind.check(plain(news), plain(from_struct(request.olds)))
        return provider_pb2.CheckResponse(
            inputs=to_struct(_hide_again(conceal(inputs, kind.secrets() & inputs.keys()), news)),
            failures=[provider_pb2.CheckFailure(property=entry.property, reason=entry.reason) for entry in failures],
        )

    def Diff(self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext) -> provider_pb2.DiffResponse:
        kind = self._kind(request, context)
        with _told_plainly(context, kind):
            difference = kind.diff(
                request.id,
                plain(from_struct(request.old_inputs)),
                plain(from_struct(request.olds)),
                plain(from_struct(request.news)),
            )
        return _diff_response(difference)

    def Create(self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext) -> provider_pb2.CreateResponse:
        inputs = from_struct(request.properties)
        kind = self._kind(request, context)
        with _told_plainly(context, kind, inputs):
            if request.preview:
                return provider_pb2.CreateResponse(properties=_answer(kind, kind.plan_create(plain(inputs)), inputs))
            made = kind.create(plain(inputs))
        return provider_pb2.CreateResponse(id=made.id, properties=_answer(kind, made.outputs, inputs))

    def Read(self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext) -> provider_pb2.ReadResponse:
        inputs, outputs = from_struct(request.inputs), from_struct(request.properties)
        kind = self._kind(request, context)
        with _told_plainly(context, kind):
            found = kind.read(request.id, plain(inputs), plain(outputs))
        if found is None:
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(
            id=found.id,
            properties=_answer(kind, found.outputs, outputs | inputs),
            inputs=_answer(kind, found.inputs, inputs),
        )

    def Update(self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext) -> provider_pb2.UpdateResponse:
        inputs, old_outputs = from_struct(request.news), plain(from_struct(request.olds))
        kind = self._kind(request, context)
        with _told_plainly(context, kind, inputs):
            if request.preview:
                outputs = kind.plan_update(old_outputs, plain(inputs))
            else:
                old_inputs = plain(from_struct(request.old_inputs))
                outputs = kind.update(request.id, old_inputs, old_outputs, plain(inputs))
        return provider_pb2.UpdateResponse(properties=_answer(kind, outputs, inputs))

    def Delete(self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:
        kind = self._kind(request, context)
        with _told_plainly(context, kind):
            kind.delete(request.id, plain(from_struct(request.old_inputs)), plain(from_struct(request.properties)))
        return empty_pb2.Empty()

    def _kind(self, request: _ForOneResource, context: grpc.ServicerContext) -> Kind:
        # Engines before 3.124 send no type, only the URN: urn:pulumi:stack::project::parent$token::name
        asked = request.type or request.urn.split("::")[2].rsplit("$", 1)[-1]
        if asked not in self._kinds:
            offered = ", ".join(sorted(self._kinds))
            _refuse(context, f"has no resource {asked} (it has {offered})")
        return self._kinds[asked]


def _answer(kind: Kind, properties: Properties, given: Mapping[str, Any]) -> struct_pb2.Struct:
    hidden = (kind.secrets() | secret_names(given)) & properties.keys()
    return to_struct(conceal(properties, hidden))


def _hide_again(checked: Properties, news: Mapping[str, Any]) -> Properties:
    """Secrets deep inside stay where they were when the check left the property as it was, else it is hidden whole."""
    hidden = dict(checked)
    for name in secret_names(news) & checked.keys():
        unchanged = reveal(news[name]) == reveal(checked[name])
        hidden[name] = news[name] if unchanged else conceal({name: checked[name]}, [name])[name]
    return hidden


def _diff_response(difference: Difference) -> provider_pb2.DiffResponse:
    response = provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if difference else provider_pb2.DiffResponse.DIFF_NONE,
        replaces=sorted(difference.replaces),
        deleteBeforeReplace=difference.delete_before_replace,
        diffs=sorted(difference.top_level()),
        hasDetailedDiff=True,
    )
    for path, change in difference.changes.items():
        suffix = "_REPLACE" if difference.forces_replacement(path) else ""
        response.detailedDiff[path].kind = provider_pb2.PropertyDiff.Kind.Value(change.value + suffix)
        response.detailedDiff[path].inputDiff = True
    return response


@contextmanager
def _told_plainly(
    context: grpc.ServicerContext, kind: Kind | None = None, inputs: Mapping[str, Any] | None = None
) -> Iterator[None]:
    """Turn errors into answers of the protocol."""
    try:
        yield
    except HalfMadeError as error:
        _abort_half_made(context, error, inputs or {}, kind or Kind())
    except CfaigError as error:
        told = error.message + (f" ({error.hint})" if error.hint else "")
        context.abort(grpc.StatusCode.UNKNOWN, _without_secrets(told, inputs or {}))
    except Exception as error:  # noqa: BLE001 (the last line of defence; the text of a strange error may hold a secret)
        context.abort(grpc.StatusCode.INTERNAL, f"a bug in cfaig: {type(error).__name__} at {_place(error)}")


def _without_secrets(text: str, given: Mapping[str, Any]) -> str:
    """An API may repeat in its complaint what it was given: the whole, a part of it, or either as JSON."""
    parts = {part for secret in secret_texts(given) for part in (secret, *texts_in_json(secret))}
    for spelling in sorted({spelling for part in parts for spelling in json_spellings(part)}, key=len, reverse=True):
        text = text.replace(spelling, "(hidden)")
    return text


def _refuse(context: grpc.ServicerContext, why: str) -> NoReturn:
    context.abort(grpc.StatusCode.UNIMPLEMENTED, f"this plugin {why}")
    raise AssertionError("unreachable")


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    place = "an unknown place"
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _abort_half_made(
    context: grpc.ServicerContext, error: HalfMadeError, given: Mapping[str, Any], kind: Kind
) -> NoReturn:
    told = provider_pb2.ErrorResourceInitFailed(
        id=error.made.id,
        properties=_answer(kind, error.made.outputs, given),
        reasons=[_without_secrets(reason, given) for reason in error.reasons],
        inputs=to_struct(given),
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=PARTIAL_FAILURE.format(id=error.made.id))
    status.details.add().Pack(told)
    context.abort_with_status(_FailedWithDetails(status))
    raise AssertionError("unreachable")
