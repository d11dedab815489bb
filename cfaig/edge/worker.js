// Made by edge/build.js: do not edit. Compatibility date 2026-07-01.
var Exact=class{constructor(source){this.source=source}toJSON(){return JSON.rawJSON(this.source)}},LONGEST_EXPONENT=30,NEEDS_EXACTNESS=/[\d.]{16,}|\d[eE][+-]?\d{2,}/;
function parseExactly(text){return NEEDS_EXACTNESS.test(text)?JSON.parse(text,withSource):JSON.parse(text)}function withSource(_name,value,context){
return typeof value=="number"&&context?.source!==void 0?new Exact(context.source):value}function canonical(value){if(value instanceof
Exact)return number(value.source);if(typeof value=="number")return number(String(value));if(Array.isArray(value))return`\
[${value.map(canonical).join(",")}]`;if(typeof value!="object"||value===null)return JSON.stringify(value);let members=value;
return`{${Object.keys(members).filter(name=>members[name]!==void 0).sort().map(name=>`${JSON.stringify(name)}:${canonical(
members[name])}`).join(",")}}`}function number(source){let[mantissa,exponent="0"]=source.toLowerCase().split("e"),sign=mantissa.
startsWith("-")?"-":"",[whole,fraction=""]=mantissa.replace("-","").split("."),digits=(whole+fraction).replace(/^0+/,"");
if(digits==="")return"0";if(exponent.length>LONGEST_EXPONENT)throw new RangeError("an exponent without end");let short=withoutLastZeros(
digits),power=BigInt(exponent)-BigInt(fraction.length)+BigInt(digits.length-short.length);return power===0n?sign+short:`${sign}${short}\
e${power}`}function withoutLastZeros(digits){let end2=digits.length;for(;digits[end2-1]==="0";)end2-=1;return digits.slice(
0,end2)}var Code=Object.freeze({UNAUTHORIZED:6001,WRONG_ORIGIN:6002,BAD_PATH:6003,TOO_LARGE:6004,ENCODED_BODY:6005,BAD_UNIVERSAL:6006,
BAD_METHOD:6007,BROKEN_BODY:6008,REJECTED:6010,CONFIGURATION:6020,UNREACHABLE:6021,ACCESS_KEYS:6022,INTERNAL:6023}),Fault=class extends Error{constructor(status,code,message,headers={}){
super(message),this.status=status,this.code=code,this.headers=headers}response(){return new Response(JSON.stringify(faultBody(
this)),{status:this.status,headers:{...this.headers,"content-type":"application/json","cache-control":"no-store"}})}};function faultBody({
status,code,message}){return{success:!1,result:[],messages:[],error:[{code,message}],name:"CfaigEdgeError",httpCode:status,
internalCode:code,message,description:message}}var MOST_BYTES=25*1024*1024,Body=class{constructor(request){this.request=request,this.kind=request.body===null?"none":void 0,
this.json=void 0,this.text="",this.raw=null}async read(){if(this.kind!==void 0)return;let{headers}=this.request;/^(?:identity)?$/i.
test(headers.get("content-encoding")??"")?Number(headers.get("content-length")??0)>MOST_BYTES?this.kind="too large":await this.#readStream():
this.kind="encoded"}get unreadable(){return this.kind==="too large"||this.kind==="encoded"}send(){return this.kind===void 0||
this.unreadable&&this.raw===null?this.request.body:this.raw}get again(){return this.kind!==void 0&&!this.unreadable}exactly(){
return parseExactly(this.text)}replace(json){this.text=JSON.stringify(json),this.raw=this.text,this.json=JSON.parse(this.
text)}async#readStream(){let stream=this.request.body,{chunks,size,rest}=await readUpTo(stream,MOST_BYTES).catch(broken);
if(rest){this.kind="too large",this.raw=followed(chunks,rest);return}let bytes2=joined(chunks,size);if(this.raw=bytes2,this.
kind="other",/^\s*multipart\/form-data/i.test(this.request.headers.get("content-type")??"")){this.kind="form",this.text=
new TextDecoder().decode(bytes2.subarray(0,LOOKED_AT_OF_FORMS));return}this.#parse(new TextDecoder().decode(bytes2))}#parse(text){
try{this.json=JSON.parse(text),this.text=text,this.kind="json"}catch{}}};function broken(){throw new Fault(400,Code.BROKEN_BODY,
"the body breaks off, or is not framed as HTTP says")}var LOOKED_AT_OF_FORMS=1024*1024;async function readUpTo(stream,most){
let chunks=[],reader=stream.getReader(),size=0;for(;;){let{done,value}=await reader.read();if(done)return{chunks,size,rest:null};
if(chunks.push(value),size+=value.byteLength,size>most)return{chunks,size,rest:reader}}}function joined(chunks,size){let bytes2=new Uint8Array(
size),at=0;for(let chunk of chunks)bytes2.set(chunk,at),at+=chunk.byteLength;return bytes2}function followed(chunks,reader){
return new ReadableStream({async pull(controller){let next=chunks.length>0?{done:!1,value:chunks.shift()}:await reader.read();
next.done?controller.close():controller.enqueue(next.value)},cancel:reason=>reader.cancel(reason)})}var FRESH_MS=36e5,USABLE_MS=24*FRESH_MS,ASK_AGAIN_MS=6e4,FETCH_MS=5e3,LEEWAY_SECONDS=30,LONGEST_TOKEN=16384,LARGEST_KEY_SET=256*
1024,ALGORITHM={name:"RSASSA-PKCS1-v1_5",hash:"SHA-256"},keySets=new Map;async function verifyAccess(access,request){let token=request.
headers.get("cf-access-jwt-assertion")??cookie(request,"CF_Authorization");if(!token||token.length>LONGEST_TOKEN)return null;
let read2=readToken(token);if(read2===null||!claimsHold(read2.claims,access))return null;let key=await signingKey(access.
issuer,read2.kid);if(!key||!await crypto.subtle.verify(ALGORITHM.name,key,read2.signature,read2.signed))return null;let{
email,common_name:service,sub}=read2.claims;return[email,service,sub].find(name=>typeof name=="string"&&name!=="")??"acc\
ess"}function readToken(token){let parts=token.split(".");if(parts.length!==3)return null;try{let[header,claims]=parts.slice(
0,2).map(part=>JSON.parse(new TextDecoder().decode(bytes(part))));if(header?.alg!=="RS256"||typeof header.kid!="string"||
typeof claims!="object"||!claims)return null;let signed=new TextEncoder().encode(`${parts[0]}.${parts[1]}`);return{kid:header.
kid,claims,signed,signature:bytes(parts[2])}}catch{return null}}function claimsHold(claims,{issuer,aud}){let now=Date.now()/
1e3,{exp,nbf,iat}=claims,audiences=Array.isArray(claims.aud)?claims.aud:[claims.aud];return claims.iss===issuer&&audiences.
some(one=>aud.includes(one))&&typeof exp=="number"&&exp>now-LEEWAY_SECONDS&&[nbf,iat].every(time2=>time2===void 0||typeof time2==
"number"&&time2<now+LEEWAY_SECONDS)}async function signingKey(issuer,kid){let now=Date.now(),known3=keySets.get(issuer),
found=known3?.keys.get(kid),age=known3?now-known3.at:1/0;if(found&&age<FRESH_MS)return found;if(known3&&now-known3.asked<
ASK_AGAIN_MS)return age<USABLE_MS?found:void 0;known3&&(known3.asked=now);try{let keys=await fetchKeys(issuer);return keySets.
set(issuer,{keys,at:now,asked:now}),keys.get(kid)}catch{if(found&&age<USABLE_MS)return found;throw new Fault(503,Code.ACCESS_KEYS,
"the signing keys of Cloudflare Access cannot be had",{"retry-after":"5"})}}async function fetchKeys(issuer){let signal=AbortSignal.
timeout(FETCH_MS),response=await fetch(`${issuer}/cdn-cgi/access/certs`,{redirect:"manual",signal});if(!response.ok||!response.
body)throw new Error(`status ${response.status}`);let{chunks,size,rest}=await readUpTo(response.body,LARGEST_KEY_SET);if(rest)
throw new Error("too large");let set=JSON.parse(new TextDecoder().decode(joined(chunks,size))),keys=new Map;for(let key of set.
keys)key?.kty!=="RSA"||typeof key.kid!="string"||keys.set(key.kid,await crypto.subtle.importKey("jwk",key,ALGORITHM,!1,[
"verify"]));return keys}function cookie(request,name){return(request.headers.get("cookie")??"").split(";").map(part=>part.
trim()).find(part=>part.startsWith(`${name}=`))?.slice(name.length+1)}function bytes(text){if(!/^[A-Za-z0-9_-]*$/.test(text))
throw new SyntaxError("not base64url");return Uint8Array.from(atob(text.replaceAll("-","+").replaceAll("_","/")),char=>char.
charCodeAt(0))}var BEARER={header:"authorization",scheme:"Bearer"},PLACES=new Map(Object.entries({anthropic:{header:"x-api-key",scheme:""},
"azure-openai":{header:"api-key",scheme:""},cartesia:{header:"x-api-key",scheme:""},deepgram:{header:"authorization",scheme:"\
Token"},elevenlabs:{header:"xi-api-key",scheme:""},fal:{header:"authorization",scheme:"Key"},"google-ai-studio":{header:"\
x-goog-api-key",scheme:""},ideogram:{header:"api-key",scheme:""},parallel:{header:"x-api-key",scheme:""}})),GATEWAY_HEADER="\
cf-aig-authorization",HEADERS=["authorization",GATEWAY_HEADER,"x-api-key","api-key","x-goog-api-key","xi-api-key","token",
"x-amz-security-token","x-auth-token"],QUERIES=new Set(["key","api_key","api-key","apikey","access_token","token","cf-ai\
g-authorization"]),PROTOCOL=/^(?:cf-aig-authorization|openai-insecure-api-key|xi-api-key|fal-api-key)\.(.*)$/s;function keyPlace(provider,unified,own={}){
let usual=unified?BEARER:PLACES.get(provider)??BEARER;return{header:own.header??usual.header,scheme:own.scheme??(own.header?
"":usual.scheme)}}function putKey(headers,{header,scheme},key){headers.set(header,scheme?`${scheme} ${key}`:key)}var IN_QUERIES=new Set(
["google-ai-studio","cartesia"]);function queryWithKey(search,provider,key){return IN_QUERIES.has(provider)?`${search===
""?"?":`${search}&`}api_key=${encodeURIComponent(key)}`:search}function putGatewayToken(headers,token){headers.set(GATEWAY_HEADER,
`Bearer ${token}`)}function stripHeaders(headers,more){for(let name of[...HEADERS,...more])headers.delete(name)}function stripQuery(search){
let kept=search.replace(/^\?/,"").split("&").filter(part=>!QUERIES.has(nameOf(part)));return kept.length>0&&kept[0]!==""?
`?${kept.join("&")}`:""}function nameOf(part){let[name=""]=new URLSearchParams(part).keys();return name.trim().toLowerCase()}
function readProtocols(offered){let all=(offered??"").split(",").map(protocol=>protocol.trim()).filter(protocol=>protocol!==
"");return{all,open:all.filter(protocol=>!PROTOCOL.test(protocol))}}function clientTokens(request,url){let headers=HEADERS.
map(name=>request.headers.get(name)??""),queries=[...url.searchParams].filter(([name])=>QUERIES.has(name.toLowerCase())).
map(([,value])=>value),{all}=readProtocols(request.headers.get("sec-websocket-protocol")),protocols=all.map(protocol=>PROTOCOL.
exec(protocol)?.[1]??"");return[...headers,...queries,...protocols].map(value=>value.replace(/^(?:bearer|token|key)\s+/i,
"").trim()).filter(value=>value!==""&&value.length<=LONGEST_TOKEN2).slice(0,MOST_TOKENS)}var LONGEST_TOKEN2=4096,MOST_TOKENS=12;
async function secret(binding){if(typeof binding=="string")return binding;let value=await binding.get().catch(()=>"");if(value!==
"")return value;throw new Fault(500,Code.CONFIGURATION,"this Worker is not set up correctly: a secret cannot be read")}async function authenticate(config,request,url){if(!config.bearer.length&&!config.access)return null;let named=await byToken(
config.bearer,clientTokens(request,url));if(named!==null)return{name:named,ambient:!1};if(config.access){let name=await verifyAccess(
config.access,request);if(name!==null)return{name,ambient:!0}}throw new Fault(401,Code.UNAUTHORIZED,"Unauthorized",{"www\
-authenticate":"Bearer"})}async function byToken(known3,tokens){let found=null;for(let token of tokens){let hash=await crypto.
subtle.digest("SHA-256",new TextEncoder().encode(token));for(let one of known3)crypto.subtle.timingSafeEqual(hash,one.hash)&&
(found??=one.name)}return found}var NOTHING=Symbol("nothing");function readField(path){return path.startsWith("/")?path.slice(1).split("/").map(step=>step.
replaceAll("~1","/").replaceAll("~0","~")):path.split(".")}function fieldOf(value,steps){for(let step of steps)if(Array.
isArray(value)){if(!/^-?\d{1,9}$/.test(step))return NOTHING;let index=Number(step)<0?value.length+Number(step):Number(step);
if(index<0||index>=value.length)return NOTHING;value=value[index]}else if(typeof value=="object"&&value!==null&&Object.hasOwn(
value,step))value=value[step];else return NOTHING;return value}async function cacheKey(fields,keyed){let{subject}=keyed;if(subject.bodyKind!=="json")return null;try{let told=canonical(
identity(fields,keyed)),hash=await crypto.subtle.digest("SHA-256",new TextEncoder().encode(told));return Array.from(new Uint8Array(
hash),byte=>byte.toString(16).padStart(2,"0")).join("")}catch(error){if(error instanceof RangeError)return null;throw error}}
function identity(fields,{subject,path,search,body,credentials}){let json=body(),{method,provider="",model=""}=subject,stream=fieldOf(
json,["stream"])===!0,chosen=fields?chosenFields(fields,json,subject):void 0;return{version:1,method,path,search,provider,
model,stream,credentials,fields:chosen,body:fields?void 0:json}}function chosenFields(fields,json,subject){return fields.
toSorted().map(name=>[name,valueOf(name,json,subject)]).filter(([,value])=>value!==NOTHING)}function valueOf(name,json,{
client,headers,metadata}){return name==="$client"?client??NOTHING:name.startsWith("$header.")?headers.get(name.slice(8))??
NOTHING:name.startsWith("$metadata.")?fieldOf(metadata,[name.slice(10)]):fieldOf(json,readField(name))}var IN_PATHS=new Map(Object.entries({"aws-bedrock":/(?:^|\/)model\/([^/]+)\//d,"azure-openai":/^[^/]+\/([^/]+)(?:\/|$)/d,
baseten:/^model\/([^/]+)/d,fal:/^(.+?)\/?$/d,"google-ai-studio":/(?:^|\/)models\/([^/:]+)/d,"google-vertex-ai":/\/models\/([^/:]+)/d,
huggingface:/^([^/]+(?:\/[^/]+)?)/d,replicate:/(?:^|\/)models\/([^/]+\/[^/]+)\/predictions/d,"workers-ai":/^(?:run\/)?(@[a-z]+\/.+?)\/?$/d})),
MEMBERS=["model","model_id","modelId"];function modelInPath(provider,segments){return IN_PATHS.get(provider)?.exec(segments.
slice(1).join("/"))?.[1]}function modelInBody(json){let member=memberOf(json);return member&&json[member]}function pathWithModel(path,provider,model){
let rest=path.slice(path.indexOf("/",1)+1),found=IN_PATHS.get(provider)?.exec(rest.replaceAll(/%40/gi,"@"))?.indices?.[1];
if(!found)return;let plain=rest.replaceAll(/%40/gi,"@"),written=model.split("/").map(encodeURIComponent).join("/").replaceAll(
"%40","@");return`/${path.split("/")[1]}/${plain.slice(0,found[0])}${written}${plain.slice(found[1])}`}function bodyWithModel(json,model){
if(typeof json!="object"||json===null||Array.isArray(json))return json;let member=memberOf(json)??"model",changed=Object.
entries({...json,[member]:model});return Object.fromEntries(changed)}function memberOf(json){if(typeof json!="object"||json===
null)return;let members=json;return MEMBERS.find(name=>typeof members[name]=="string")}function readUnified(model){let slash=model.
indexOf("/");return slash>0?{provider:model.slice(0,slash).toLowerCase(),model:model.slice(slash+1)}:void 0}var REALTIME_NAMES={google:"google-ai-studio"},FORM_MODEL=/name="model"\r?\n\r?\n([^\r\n]{1,200})\r?\n/,METADATA="cf-aig\
-metadata";function readSubject({place,method,client,headers,search,body}){let bodyKnown=body.kind!==void 0&&!body.unreadable;
return{...{place,method,client,headers,bodyKnown,bodyKind:body.kind,json:body.json},...whose(place,search,body),metadata:readMetadata(
headers)}}function whose({first,segments},search,body){let told=modelInBody(body.json)??(body.kind==="form"?FORM_MODEL.exec(
body.text)?.[1]:void 0);if(first==="compat")return told&&readUnified(told)||{provider:void 0,model:told};let provider=Object.
hasOwn(REALTIME_NAMES,first)?REALTIME_NAMES[first]:first,asked=new URLSearchParams(search).get("model")??void 0;return{provider,
model:modelInPath(provider,segments)??told??asked}}function readMetadata(headers){try{let told=JSON.parse(headers.get(METADATA)??
"{}");return typeof told!="object"||told===null||Array.isArray(told)?{}:Object.values(told).every(value=>["string","numb\
er","boolean"].includes(typeof value))?told:{}}catch{return{}}}var MOST_ENTRIES=5,WRITERS={cache:({off,ttl})=>off?[["cf-aig-skip-cache",!0]]:[["cf-aig-cache-ttl",ttl]],timeout_ms:value=>[
["cf-aig-request-timeout",value]],retries:({attempts,delay_ms:delay,backoff})=>[["cf-aig-max-attempts",attempts],["cf-ai\
g-retry-delay",delay],["cf-aig-backoff",backoff]],custom_cost:value=>[["cf-aig-custom-cost",JSON.stringify(value)]],log:value=>[
["cf-aig-collect-log",value!==!1],["cf-aig-collect-log-payload",value==="metadata"?!1:void 0]],byok_alias:value=>[["cf-a\
ig-byok-alias",value]],zdr:value=>[["cf-aig-zdr",value]],no_wholesale:value=>[["cf-aig-no-wholesale",value]],headers:value=>Object.
entries(value)};function plainHeaders(then){let told=Object.entries(then).flatMap(([name,value])=>WRITERS[name]?.(value)??
[]).filter(([,value])=>value!==void 0);return new Map(told.map(([name,value])=>[name,String(value)]))}async function headersOf(then,keyed,present){
let added=plainHeaders(then),{cache,metadata}=then;if(cache&&!cache.off&&!present.has("cf-aig-cache-key")){let key=await cacheKey(
cache.key,keyed);key!==null&&added.set("cf-aig-cache-key",key)}for(let name of[...added.keys()])present.has(name)&&added.
delete(name);return metadata&&added.set("cf-aig-metadata",mergedMetadata(metadata,present,keyed.subject.client)),added}function mergedMetadata(metadata,present,client){
let named=Object.entries(metadata).map(([name,value])=>[name,value==="$client"?client??"":value]),kept=Object.entries({...readMetadata(
present),...without(named,present)}).filter(([name])=>!name.startsWith("cf.")).slice(0,MOST_ENTRIES);return JSON.stringify(
Object.fromEntries(kept)).replace(/[\u007f-\uffff]/g,escaped)}function without(named,present){let told=readMetadata(present);
return Object.fromEntries(named.filter(([name])=>!Object.hasOwn(told,name)))}var escaped=char=>`\\u${char.charCodeAt(0).
toString(16).padStart(4,"0")}`;var HOP_BY_HOP=new Set(["connection","content-length","expect","host","http2-settings","keep-alive","proxy-authenticate",
"proxy-authorization","proxy-connection","te","trailer","transfer-encoding","upgrade"]),ABOUT_CLIENTS=new RegExp("^(?:co\
okie2?|origin|referer|forwarded|via|x-forwarded-.*|x-real-ip|true-client-ip|sec-.*|cdn-loop|priority|dnt|x-original-.*|x\
-rewrite-url|x-(?:http-)?method(?:-override)?|access-control-.*)$"),OF_CLOUDFLARE=/^cf-(?!aig-)/,RENAMED=Object.freeze({
"cf-cache-ttl":"cf-aig-cache-ttl","cf-skip-cache":"cf-aig-skip-cache"});function forwardable(headers){let named=namedBy(
headers),kept=new Map;for(let[name,value]of headers)HOP_BY_HOP.has(name)||named.has(name)||ABOUT_CLIENTS.test(name)||OF_CLOUDFLARE.
test(name)||kept.set(name,value);for(let[old,name]of Object.entries(RENAMED)){let value=headers.get(old);value!==null&&!kept.
has(name)&&kept.set(name,value)}return kept}function itemHeaders(headers){if(typeof headers!="object"||headers===null)return new Map;
let known3=new Headers;for(let[name,value]of Object.entries(headers))try{["string","number","boolean"].includes(typeof value)&&
!known3.has(name)&&known3.set(name,String(value))}catch{}return forwardable(known3)}function answered(headers,ownCors){let named=namedBy(
headers),kept=new Headers;for(let[name,value]of headers)HOP_BY_HOP.has(name)&&name!=="content-length"||named.has(name)||
OF_ONE_HOST.test(name)||ownCors&&name.startsWith("access-control-")||kept.append(name,value);return kept}var OF_ONE_HOST=/^(?:set-cookie2?|alt-svc|strict-transport-security|nel|report-to|clear-site-data|cf-ray|server)$/;
function namedBy(headers){let named=(headers.get("connection")??"").toLowerCase().split(",");return new Set(named.map(name=>name.
trim()).filter(name=>name!==""))}function nameGlob(glob){let parts=glob.toLowerCase().split("*");return text=>inOrder(text.toLowerCase(),parts)}function inOrder(text,parts){
if(parts.length===1)return text===parts[0];let first=parts[0],last=parts[parts.length-1];if(text.length<first.length+last.
length||!text.startsWith(first)||!text.endsWith(last))return!1;let end2=text.length-last.length,at=first.length;for(let part of parts.
slice(1,-1)){let found=text.indexOf(part,at);if(found<0||found+part.length>end2)return!1;at=found+part.length}return!0}function pathGlob(glob){
let wanted=segmentsOf(glob.toLowerCase()).map(part=>part==="**"?null:part.split("*"));return segments=>follows(segments.
map(segment=>segment.toLowerCase()),wanted)}function segmentsOf(path){return path.replace(/^\//,"").split("/")}function follows(segments,wanted){
let places=withoutAny(new Set([0]),wanted);for(let segment of segments){let next=new Set;for(let place of places){if(place===
wanted.length)continue;let part=wanted[place];part===null?next.add(place):inOrder(segment,part)&&next.add(place+1)}places=
withoutAny(next,wanted)}return places.has(wanted.length)}function withoutAny(places,wanted){for(let place of places)wanted[place]===
null&&places.add(place+1);return places}var SHORTHAND="chat/completions",COMPAT="compat";function readPath(pathname){let segments=segmentsOf(pathname).map(decoded),
last=segments.length-1;if(segments.some((segment,index)=>misleading(segment,index===last))||!/^[\w-]*$/.test(segments[0]))
throw badPath();return segments.join("/")===SHORTHAND?placed(`/${COMPAT}/${SHORTHAND}`,[COMPAT,...segments]):placed(pathname,
segments)}var placed=(path,segments)=>({path,segments,first:segments[0].toLowerCase()});function atProvider({segments,path},provider){
let rest=segmentsOf(path).slice(1);return placed(`/${[provider,...rest].join("/")}`,[provider,...segments.slice(1)])}function spellings({
segments}){let split=segmentsOf(segments.join("/")),ended=split.at(-1)===""&&split.length>1?split.slice(0,-1):split,short=ended.
join("/").toLowerCase()===`${COMPAT}/${SHORTHAND}`?[ended.slice(1)]:[];return[segments,split,ended,...short]}function decoded(segment){
try{return decodeURIComponent(segment)}catch{throw badPath()}}function misleading(segment,last){return/[\u0000-\u001f\u007f\\]/.
test(segment)||/%(?:2e|2f|5c|25|00)/i.test(segment)?!0:segment===""?!last:segment.split("/").some(part=>part===""||part===
"."||part==="..")}var badPath=()=>new Fault(400,Code.BAD_PATH,"the path is not one that can be sent on");function readCall(config,request,url,place,client){let headers=forwardable(request.headers);dropDenied(config,headers);let search=config.
managed?stripQuery(url.search):url.search,isSocket=isUpgrade(request);return{config,request,place,client,headers,search,
body:new Body(request),isSocket,secrets:new Set}}var isUpgrade=request=>request.headers.get("upgrade")?.toLowerCase()===
"websocket";function dropDenied(config,headers){config.managed&&stripHeaders(headers,ownHeaders(config));for(let name of[
...headers.keys()])config.denies(name)&&headers.delete(name)}var ownHeaders=({keys})=>[...keys.values()].flatMap(({header})=>header??
[]);function subjectOf({place,request,client,headers,search,body}){return readSubject({place,method:request.method,client,
headers,search,body})}function refuse({reject}){if(reject)throw new Fault(reject.status,reject.code??Code.REJECTED,reject.
message)}function rewritten(rewrite,{place,provider,model,json},exactly){if(!rewrite)return{place,json:void 0};if(place.
first==="compat")return{place,json:rewrittenUnified(rewrite,{provider,model,json},exactly)};let moved=rewrite.provider?atProvider(
place,rewrite.provider):place;if(!rewrite.model)return{place:moved,json:void 0};let path=pathWithModel(moved.path,rewrite.
provider??provider??"",rewrite.model);return path?{place:{...moved,path,segments:path.slice(1).split("/").map(decodeURIComponent)},
json:void 0}:{place:moved,json:json===void 0?void 0:bodyWithModel(exactly(),rewrite.model)}}function rewrittenUnified(rewrite,{
provider,model,json},exactly){if(json===void 0||model===void 0)return;let parts=[rewrite.provider??provider,rewrite.model??
model].filter(part=>part!==void 0);return bodyWithModel(exactly(),parts.join("/"))}async function carryOut(call,then){refuse(
then);let{place,json}=rewritten(then.rewrite,subjectOf(call),()=>call.body.exactly());call.place=place,json!==void 0&&call.
body.replace(json);let subject=subjectOf(call),{search,headers,body}=call,credentials=clientCredentials(call.config,headers,
search),keyed={subject,path:place.path,search,body:()=>body.exactly(),credentials};for(let[name,value]of await headersOf(
then,keyed,headers))headers.set(name,value);await putCredentials(call,subject.provider)}var KEY_HEADERS=["authorization",
"x-api-key","api-key","x-goog-api-key","xi-api-key"];function clientCredentials(config,headers,search){return config.managed?
[]:[...KEY_HEADERS.flatMap(name=>headers.get(name)??[]),search]}async function putCredentials(call,provider){let{config,
headers}=call;config.token!==void 0&&putGatewayToken(headers,await reveal(call,config.token));let key=provider===void 0?
void 0:config.keys.get(provider);if(!key)return;let value=await reveal(call,key.binding);putKey(headers,keyPlace(provider??
"",call.place.first==="compat",key),value),call.isSocket&&(call.search=queryWithKey(call.search,provider??"",value))}async function reveal(call,binding){
let value=await secret(binding);return call.secrets.add(value),value}function deepCompareStrict(a,b){let typeofa=typeof a;if(typeofa!==typeof b)return!1;if(Array.isArray(a)){if(!Array.isArray(
b))return!1;let length=a.length;if(length!==b.length)return!1;for(let i=0;i<length;i++)if(!deepCompareStrict(a[i],b[i]))
return!1;return!0}if(typeofa==="object"){if(!a||!b)return a===b;let aKeys=Object.keys(a),bKeys=Object.keys(b);if(aKeys.length!==
bKeys.length)return!1;for(let k of aKeys)if(!deepCompareStrict(a[k],b[k]))return!1;return!0}return a===b}function encodePointer(p){return encodeURI(escapePointer(p))}function escapePointer(p){return p.replace(/~/g,"~0").replace(
/\//g,"~1")}var schemaArrayKeyword={prefixItems:!0,items:!0,allOf:!0,anyOf:!0,oneOf:!0},schemaMapKeyword={$defs:!0,definitions:!0,properties:!0,
patternProperties:!0,dependentSchemas:!0},ignoredKeyword={id:!0,$id:!0,$ref:!0,$schema:!0,$anchor:!0,$vocabulary:!0,$comment:!0,
default:!0,enum:!0,const:!0,required:!0,type:!0,maximum:!0,minimum:!0,exclusiveMaximum:!0,exclusiveMinimum:!0,multipleOf:!0,
maxLength:!0,minLength:!0,pattern:!0,format:!0,maxItems:!0,minItems:!0,uniqueItems:!0,maxProperties:!0,minProperties:!0},
initialBaseURI=typeof self<"u"&&self.location&&self.location.origin!=="null"?new URL(self.location.origin+self.location.
pathname+location.search):new URL("https://github.com/cfworker");function dereference(schema,lookup=Object.create(null),baseURI=initialBaseURI,basePointer=""){
if(schema&&typeof schema=="object"&&!Array.isArray(schema)){let id=schema.$id||schema.id;if(id){let url=new URL(id,baseURI.
href);url.hash.length>1?lookup[url.href]=schema:(url.hash="",basePointer===""?baseURI=url:dereference(schema,lookup,baseURI))}}else if(schema!==
!0&&schema!==!1)return lookup;let schemaURI=baseURI.href+(basePointer?"#"+basePointer:"");if(lookup[schemaURI]!==void 0)
throw new Error(`Duplicate schema URI "${schemaURI}".`);if(lookup[schemaURI]=schema,schema===!0||schema===!1)return lookup;
if(schema.__absolute_uri__===void 0&&Object.defineProperty(schema,"__absolute_uri__",{enumerable:!1,value:schemaURI}),schema.
$ref&&schema.__absolute_ref__===void 0){let url=new URL(schema.$ref,baseURI.href);url.hash=url.hash,Object.defineProperty(
schema,"__absolute_ref__",{enumerable:!1,value:url.href})}if(schema.$recursiveRef&&schema.__absolute_recursive_ref__===void 0){
let url=new URL(schema.$recursiveRef,baseURI.href);url.hash=url.hash,Object.defineProperty(schema,"__absolute_recursive_\
ref__",{enumerable:!1,value:url.href})}if(schema.$anchor){let url=new URL("#"+schema.$anchor,baseURI.href);lookup[url.href]=
schema}for(let key in schema){if(ignoredKeyword[key])continue;let keyBase=`${basePointer}/${encodePointer(key)}`,subSchema=schema[key];
if(Array.isArray(subSchema)){if(schemaArrayKeyword[key]){let length=subSchema.length;for(let i=0;i<length;i++)dereference(
subSchema[i],lookup,baseURI,`${keyBase}/${i}`)}}else if(schemaMapKeyword[key])for(let subKey in subSchema)dereference(subSchema[subKey],
lookup,baseURI,`${keyBase}/${encodePointer(subKey)}`);else dereference(subSchema,lookup,baseURI,keyBase)}return lookup}var DATE=/^(\d\d\d\d)-(\d\d)-(\d\d)$/,DAYS=[0,31,28,31,30,31,30,31,31,30,31,30,31],TIME=/^(\d\d):(\d\d):(\d\d)(\.\d+)?(z|[+-]\d\d(?::?\d\d)?)?$/i,
HOSTNAME=/^(?=.{1,253}\.?$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-0-9a-z]{0,61}[0-9a-z])?)*\.?$/i,URIREF=/^(?:[a-z][a-z0-9+\-.]*:)?(?:\/?\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:(?:(?:[0-9a-f]{1,4}:){6}|::(?:[0-9a-f]{1,4}:){5}|(?:[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::[0-9a-f]{1,4}:|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::)(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::)|[Vv][0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)|(?:[a-z0-9\-._~!$&'"()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'"()*+,;=:@]|%[0-9a-f]{2})*)*)?(?:\?(?:[a-z0-9\-._~!$&'"()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'"()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i,
URITEMPLATE=/^(?:(?:[^\x00-\x20"'<>%\\^`{|}]|%[0-9a-f]{2})|\{[+#./;?&=,!@|]?(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9][0-9]{0,3}|\*)?(?:,(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9][0-9]{0,3}|\*)?)*\})*$/i,
URL_=/^(?:(?:https?|ftp):\/\/)(?:\S+(?::\S*)?@)?(?:(?!10(?:\.\d{1,3}){3})(?!127(?:\.\d{1,3}){3})(?!169\.254(?:\.\d{1,3}){2})(?!192\.168(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))|(?:(?:[a-z\u{00a1}-\u{ffff}0-9]+-?)*[a-z\u{00a1}-\u{ffff}0-9]+)(?:\.(?:[a-z\u{00a1}-\u{ffff}0-9]+-?)*[a-z\u{00a1}-\u{ffff}0-9]+)*(?:\.(?:[a-z\u{00a1}-\u{ffff}]{2,})))(?::\d{2,5})?(?:\/[^\s]*)?$/iu,
UUID=/^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,JSON_POINTER=/^(?:\/(?:[^~/]|~0|~1)*)*$/,JSON_POINTER_URI_FRAGMENT=/^#(?:\/(?:[a-z0-9_\-.!$&'()*+,;:=@]|%[0-9a-f]{2}|~0|~1)*)*$/i,
RELATIVE_JSON_POINTER=/^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/,EMAIL=input=>{if(input[0]==='"')return!1;let[name,
host,...rest]=input.split("@");return!name||!host||rest.length!==0||name.length>64||host.length>253||name[0]==="."||name.
endsWith(".")||name.includes("..")||!/^[a-z0-9.-]+$/i.test(host)||!/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/i.test(name)?!1:host.
split(".").every(part=>/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(part))},IPV4=/^(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)$/,
IPV6=/^((([0-9a-f]{1,4}:){7}([0-9a-f]{1,4}|:))|(([0-9a-f]{1,4}:){6}(:[0-9a-f]{1,4}|((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})|:))|(([0-9a-f]{1,4}:){5}(((:[0-9a-f]{1,4}){1,2})|:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})|:))|(([0-9a-f]{1,4}:){4}(((:[0-9a-f]{1,4}){1,3})|((:[0-9a-f]{1,4})?:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){3}(((:[0-9a-f]{1,4}){1,4})|((:[0-9a-f]{1,4}){0,2}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){2}(((:[0-9a-f]{1,4}){1,5})|((:[0-9a-f]{1,4}){0,3}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(([0-9a-f]{1,4}:){1}(((:[0-9a-f]{1,4}){1,6})|((:[0-9a-f]{1,4}){0,4}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:))|(:(((:[0-9a-f]{1,4}){1,7})|((:[0-9a-f]{1,4}){0,5}:((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}))|:)))$/i,
DURATION=input=>input.length>1&&input.length<80&&(/^P\d+([.,]\d+)?W$/.test(input)||/^P[\dYMDTHS]*(\d[.,]\d+)?[YMDHS]$/.test(
input)&&/^P([.,\d]+Y)?([.,\d]+M)?([.,\d]+D)?(T([.,\d]+H)?([.,\d]+M)?([.,\d]+S)?)?$/.test(input));function bind(r){return r.
test.bind(r)}var format={date,time:time.bind(void 0,!1),"date-time":date_time,duration:DURATION,uri,"uri-reference":bind(
URIREF),"uri-template":bind(URITEMPLATE),url:bind(URL_),email:EMAIL,hostname:bind(HOSTNAME),ipv4:bind(IPV4),ipv6:bind(IPV6),
regex,uuid:bind(UUID),"json-pointer":bind(JSON_POINTER),"json-pointer-uri-fragment":bind(JSON_POINTER_URI_FRAGMENT),"rel\
ative-json-pointer":bind(RELATIVE_JSON_POINTER)};function isLeapYear(year){return year%4===0&&(year%100!==0||year%400===
0)}function date(str){let matches2=str.match(DATE);if(!matches2)return!1;let year=+matches2[1],month=+matches2[2],day=+matches2[3];
return month>=1&&month<=12&&day>=1&&day<=(month==2&&isLeapYear(year)?29:DAYS[month])}function time(full,str){let matches2=str.
match(TIME);if(!matches2)return!1;let hour=+matches2[1],minute=+matches2[2],second=+matches2[3],timeZone=!!matches2[5];return(hour<=
23&&minute<=59&&second<=59||hour==23&&minute==59&&second==60)&&(!full||timeZone)}var DATE_TIME_SEPARATOR=/t|\s/i;function date_time(str){
let dateTime=str.split(DATE_TIME_SEPARATOR);return dateTime.length==2&&date(dateTime[0])&&time(!0,dateTime[1])}var NOT_URI_FRAGMENT=/\/|:/,
URI_PATTERN=/^(?:[a-z][a-z0-9+\-.]*:)(?:\/?\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:(?:(?:[0-9a-f]{1,4}:){6}|::(?:[0-9a-f]{1,4}:){5}|(?:[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::[0-9a-f]{1,4}:|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::)(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::)|[Vv][0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)|(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)(?:\?(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i;
function uri(str){return NOT_URI_FRAGMENT.test(str)&&URI_PATTERN.test(str)}var Z_ANCHOR=/[^\\]\\Z/;function regex(str){if(Z_ANCHOR.
test(str))return!1;try{return new RegExp(str,"u"),!0}catch{return!1}}var OutputFormat;(function(OutputFormat2){OutputFormat2[OutputFormat2.Flag=1]="Flag",OutputFormat2[OutputFormat2.Basic=2]=
"Basic",OutputFormat2[OutputFormat2.Detailed=4]="Detailed"})(OutputFormat||(OutputFormat={}));function ucs2length(s){let result=0,length=s.length,index=0,charCode;for(;index<length;)result++,charCode=s.charCodeAt(index++),
charCode>=55296&&charCode<=56319&&index<length&&(charCode=s.charCodeAt(index),(charCode&64512)==56320&&index++);return result}function validate(instance,schema,draft="2019-09",lookup=dereference(schema),shortCircuit=!0,recursiveAnchor=null,instanceLocation="\
#",schemaLocation="#",evaluated=Object.create(null)){if(schema===!0)return{valid:!0,errors:[]};if(schema===!1)return{valid:!1,
errors:[{instanceLocation,keyword:"false",keywordLocation:instanceLocation,error:"False boolean schema."}]};let rawInstanceType=typeof instance,
instanceType;switch(rawInstanceType){case"boolean":case"number":case"string":instanceType=rawInstanceType;break;case"obj\
ect":instance===null?instanceType="null":Array.isArray(instance)?instanceType="array":instanceType="object";break;default:
throw new Error(`Instances of "${rawInstanceType}" type are not supported.`)}let{$ref,$recursiveRef,$recursiveAnchor,type:$type,
const:$const,enum:$enum,required:$required,not:$not,anyOf:$anyOf,allOf:$allOf,oneOf:$oneOf,if:$if,then:$then,else:$else,
format:$format,properties:$properties,patternProperties:$patternProperties,additionalProperties:$additionalProperties,unevaluatedProperties:$unevaluatedProperties,
minProperties:$minProperties,maxProperties:$maxProperties,propertyNames:$propertyNames,dependentRequired:$dependentRequired,
dependentSchemas:$dependentSchemas,dependencies:$dependencies,prefixItems:$prefixItems,items:$items,additionalItems:$additionalItems,
unevaluatedItems:$unevaluatedItems,contains:$contains,minContains:$minContains,maxContains:$maxContains,minItems:$minItems,
maxItems:$maxItems,uniqueItems:$uniqueItems,minimum:$minimum,maximum:$maximum,exclusiveMinimum:$exclusiveMinimum,exclusiveMaximum:$exclusiveMaximum,
multipleOf:$multipleOf,minLength:$minLength,maxLength:$maxLength,pattern:$pattern,__absolute_ref__,__absolute_recursive_ref__}=schema,
errors=[];if($recursiveAnchor===!0&&recursiveAnchor===null&&(recursiveAnchor=schema),$recursiveRef==="#"){let refSchema=recursiveAnchor===
null?lookup[__absolute_recursive_ref__]:recursiveAnchor,keywordLocation=`${schemaLocation}/$recursiveRef`,result=validate(
instance,recursiveAnchor===null?schema:recursiveAnchor,draft,lookup,shortCircuit,refSchema,instanceLocation,keywordLocation,
evaluated);result.valid||errors.push({instanceLocation,keyword:"$recursiveRef",keywordLocation,error:"A subschema had er\
rors."},...result.errors)}if($ref!==void 0){let refSchema=lookup[__absolute_ref__||$ref];if(refSchema===void 0){let message=`\
Unresolved $ref "${$ref}".`;throw __absolute_ref__&&__absolute_ref__!==$ref&&(message+=`  Absolute URI "${__absolute_ref__}\
".`),message+=`
Known schemas:
- ${Object.keys(lookup).join(`
- `)}`,new Error(message)}let keywordLocation=`${schemaLocation}/$ref`,result=validate(instance,refSchema,draft,lookup,shortCircuit,
recursiveAnchor,instanceLocation,keywordLocation,evaluated);if(result.valid||errors.push({instanceLocation,keyword:"$ref",
keywordLocation,error:"A subschema had errors."},...result.errors),draft==="4"||draft==="7")return{valid:errors.length===
0,errors}}if(Array.isArray($type)){let length=$type.length,valid=!1;for(let i=0;i<length;i++)if(instanceType===$type[i]||
$type[i]==="integer"&&instanceType==="number"&&instance%1===0&&instance===instance){valid=!0;break}valid||errors.push({instanceLocation,
keyword:"type",keywordLocation:`${schemaLocation}/type`,error:`Instance type "${instanceType}" is invalid. Expected "${$type.
join('", "')}".`})}else $type==="integer"?(instanceType!=="number"||instance%1||instance!==instance)&&errors.push({instanceLocation,
keyword:"type",keywordLocation:`${schemaLocation}/type`,error:`Instance type "${instanceType}" is invalid. Expected "${$type}\
".`}):$type!==void 0&&instanceType!==$type&&errors.push({instanceLocation,keyword:"type",keywordLocation:`${schemaLocation}\
/type`,error:`Instance type "${instanceType}" is invalid. Expected "${$type}".`});if($const!==void 0&&(instanceType==="o\
bject"||instanceType==="array"?deepCompareStrict(instance,$const)||errors.push({instanceLocation,keyword:"const",keywordLocation:`${schemaLocation}\
/const`,error:`Instance does not match ${JSON.stringify($const)}.`}):instance!==$const&&errors.push({instanceLocation,keyword:"\
const",keywordLocation:`${schemaLocation}/const`,error:`Instance does not match ${JSON.stringify($const)}.`})),$enum!==void 0&&
(instanceType==="object"||instanceType==="array"?$enum.some(value=>deepCompareStrict(instance,value))||errors.push({instanceLocation,
keyword:"enum",keywordLocation:`${schemaLocation}/enum`,error:`Instance does not match any of ${JSON.stringify($enum)}.`}):
$enum.some(value=>instance===value)||errors.push({instanceLocation,keyword:"enum",keywordLocation:`${schemaLocation}/enu\
m`,error:`Instance does not match any of ${JSON.stringify($enum)}.`})),$not!==void 0){let keywordLocation=`${schemaLocation}\
/not`;validate(instance,$not,draft,lookup,shortCircuit,recursiveAnchor,instanceLocation,keywordLocation).valid&&errors.push(
{instanceLocation,keyword:"not",keywordLocation,error:'Instance matched "not" schema.'})}let subEvaluateds=[];if($anyOf!==
void 0){let keywordLocation=`${schemaLocation}/anyOf`,errorsLength=errors.length,anyValid=!1;for(let i=0;i<$anyOf.length;i++){
let subSchema=$anyOf[i],subEvaluated=Object.create(evaluated),result=validate(instance,subSchema,draft,lookup,shortCircuit,
$recursiveAnchor===!0?recursiveAnchor:null,instanceLocation,`${keywordLocation}/${i}`,subEvaluated);errors.push(...result.
errors),anyValid=anyValid||result.valid,result.valid&&subEvaluateds.push(subEvaluated)}anyValid?errors.length=errorsLength:
errors.splice(errorsLength,0,{instanceLocation,keyword:"anyOf",keywordLocation,error:"Instance does not match any subsch\
emas."})}if($allOf!==void 0){let keywordLocation=`${schemaLocation}/allOf`,errorsLength=errors.length,allValid=!0;for(let i=0;i<
$allOf.length;i++){let subSchema=$allOf[i],subEvaluated=Object.create(evaluated),result=validate(instance,subSchema,draft,
lookup,shortCircuit,$recursiveAnchor===!0?recursiveAnchor:null,instanceLocation,`${keywordLocation}/${i}`,subEvaluated);
errors.push(...result.errors),allValid=allValid&&result.valid,result.valid&&subEvaluateds.push(subEvaluated)}allValid?errors.
length=errorsLength:errors.splice(errorsLength,0,{instanceLocation,keyword:"allOf",keywordLocation,error:"Instance does \
not match every subschema."})}if($oneOf!==void 0){let keywordLocation=`${schemaLocation}/oneOf`,errorsLength=errors.length,
matches2=$oneOf.filter((subSchema,i)=>{let subEvaluated=Object.create(evaluated),result=validate(instance,subSchema,draft,
lookup,shortCircuit,$recursiveAnchor===!0?recursiveAnchor:null,instanceLocation,`${keywordLocation}/${i}`,subEvaluated);
return errors.push(...result.errors),result.valid&&subEvaluateds.push(subEvaluated),result.valid}).length;matches2===1?errors.
length=errorsLength:errors.splice(errorsLength,0,{instanceLocation,keyword:"oneOf",keywordLocation,error:`Instance does \
not match exactly one subschema (${matches2} matches).`})}if((instanceType==="object"||instanceType==="array")&&Object.assign(
evaluated,...subEvaluateds),$if!==void 0){let keywordLocation=`${schemaLocation}/if`;if(validate(instance,$if,draft,lookup,
shortCircuit,recursiveAnchor,instanceLocation,keywordLocation,evaluated).valid){if($then!==void 0){let thenResult=validate(
instance,$then,draft,lookup,shortCircuit,recursiveAnchor,instanceLocation,`${schemaLocation}/then`,evaluated);thenResult.
valid||errors.push({instanceLocation,keyword:"if",keywordLocation,error:'Instance does not match "then" schema.'},...thenResult.
errors)}}else if($else!==void 0){let elseResult=validate(instance,$else,draft,lookup,shortCircuit,recursiveAnchor,instanceLocation,
`${schemaLocation}/else`,evaluated);elseResult.valid||errors.push({instanceLocation,keyword:"if",keywordLocation,error:'\
Instance does not match "else" schema.'},...elseResult.errors)}}if(instanceType==="object"){if($required!==void 0)for(let key of $required)
key in instance||errors.push({instanceLocation,keyword:"required",keywordLocation:`${schemaLocation}/required`,error:`In\
stance does not have required property "${key}".`});let keys=Object.keys(instance);if($minProperties!==void 0&&keys.length<
$minProperties&&errors.push({instanceLocation,keyword:"minProperties",keywordLocation:`${schemaLocation}/minProperties`,
error:`Instance does not have at least ${$minProperties} properties.`}),$maxProperties!==void 0&&keys.length>$maxProperties&&
errors.push({instanceLocation,keyword:"maxProperties",keywordLocation:`${schemaLocation}/maxProperties`,error:`Instance \
does not have at least ${$maxProperties} properties.`}),$propertyNames!==void 0){let keywordLocation=`${schemaLocation}/\
propertyNames`;for(let key in instance){let subInstancePointer=`${instanceLocation}/${encodePointer(key)}`,result=validate(
key,$propertyNames,draft,lookup,shortCircuit,recursiveAnchor,subInstancePointer,keywordLocation);result.valid||errors.push(
{instanceLocation,keyword:"propertyNames",keywordLocation,error:`Property name "${key}" does not match schema.`},...result.
errors)}}if($dependentRequired!==void 0){let keywordLocation=`${schemaLocation}/dependantRequired`;for(let key in $dependentRequired)
if(key in instance){let required=$dependentRequired[key];for(let dependantKey of required)dependantKey in instance||errors.
push({instanceLocation,keyword:"dependentRequired",keywordLocation,error:`Instance has "${key}" but does not have "${dependantKey}\
".`})}}if($dependentSchemas!==void 0)for(let key in $dependentSchemas){let keywordLocation=`${schemaLocation}/dependentS\
chemas`;if(key in instance){let result=validate(instance,$dependentSchemas[key],draft,lookup,shortCircuit,recursiveAnchor,
instanceLocation,`${keywordLocation}/${encodePointer(key)}`,evaluated);result.valid||errors.push({instanceLocation,keyword:"\
dependentSchemas",keywordLocation,error:`Instance has "${key}" but does not match dependant schema.`},...result.errors)}}
if($dependencies!==void 0){let keywordLocation=`${schemaLocation}/dependencies`;for(let key in $dependencies)if(key in instance){
let propsOrSchema=$dependencies[key];if(Array.isArray(propsOrSchema))for(let dependantKey of propsOrSchema)dependantKey in
instance||errors.push({instanceLocation,keyword:"dependencies",keywordLocation,error:`Instance has "${key}" but does not\
 have "${dependantKey}".`});else{let result=validate(instance,propsOrSchema,draft,lookup,shortCircuit,recursiveAnchor,instanceLocation,
`${keywordLocation}/${encodePointer(key)}`);result.valid||errors.push({instanceLocation,keyword:"dependencies",keywordLocation,
error:`Instance has "${key}" but does not match dependant schema.`},...result.errors)}}}let thisEvaluated=Object.create(
null),stop=!1;if($properties!==void 0){let keywordLocation=`${schemaLocation}/properties`;for(let key in $properties){if(!(key in
instance))continue;let subInstancePointer=`${instanceLocation}/${encodePointer(key)}`,result=validate(instance[key],$properties[key],
draft,lookup,shortCircuit,recursiveAnchor,subInstancePointer,`${keywordLocation}/${encodePointer(key)}`);if(result.valid)
evaluated[key]=thisEvaluated[key]=!0;else if(stop=shortCircuit,errors.push({instanceLocation,keyword:"properties",keywordLocation,
error:`Property "${key}" does not match schema.`},...result.errors),stop)break}}if(!stop&&$patternProperties!==void 0){let keywordLocation=`${schemaLocation}\
/patternProperties`;for(let pattern in $patternProperties){let regex2=new RegExp(pattern,"u"),subSchema=$patternProperties[pattern];
for(let key in instance){if(!regex2.test(key))continue;let subInstancePointer=`${instanceLocation}/${encodePointer(key)}`,
result=validate(instance[key],subSchema,draft,lookup,shortCircuit,recursiveAnchor,subInstancePointer,`${keywordLocation}\
/${encodePointer(pattern)}`);result.valid?evaluated[key]=thisEvaluated[key]=!0:(stop=shortCircuit,errors.push({instanceLocation,
keyword:"patternProperties",keywordLocation,error:`Property "${key}" matches pattern "${pattern}" but does not match ass\
ociated schema.`},...result.errors))}}}if(!stop&&$additionalProperties!==void 0){let keywordLocation=`${schemaLocation}/\
additionalProperties`;for(let key in instance){if(thisEvaluated[key])continue;let subInstancePointer=`${instanceLocation}\
/${encodePointer(key)}`,result=validate(instance[key],$additionalProperties,draft,lookup,shortCircuit,recursiveAnchor,subInstancePointer,
keywordLocation);result.valid?evaluated[key]=!0:(stop=shortCircuit,errors.push({instanceLocation,keyword:"additionalProp\
erties",keywordLocation,error:`Property "${key}" does not match additional properties schema.`},...result.errors))}}else if(!stop&&
$unevaluatedProperties!==void 0){let keywordLocation=`${schemaLocation}/unevaluatedProperties`;for(let key in instance)if(!evaluated[key]){
let subInstancePointer=`${instanceLocation}/${encodePointer(key)}`,result=validate(instance[key],$unevaluatedProperties,
draft,lookup,shortCircuit,recursiveAnchor,subInstancePointer,keywordLocation);result.valid?evaluated[key]=!0:errors.push(
{instanceLocation,keyword:"unevaluatedProperties",keywordLocation,error:`Property "${key}" does not match unevaluated pr\
operties schema.`},...result.errors)}}}else if(instanceType==="array"){$maxItems!==void 0&&instance.length>$maxItems&&errors.
push({instanceLocation,keyword:"maxItems",keywordLocation:`${schemaLocation}/maxItems`,error:`Array has too many items (${instance.
length} > ${$maxItems}).`}),$minItems!==void 0&&instance.length<$minItems&&errors.push({instanceLocation,keyword:"minIte\
ms",keywordLocation:`${schemaLocation}/minItems`,error:`Array has too few items (${instance.length} < ${$minItems}).`});
let length=instance.length,i=0,stop=!1;if($prefixItems!==void 0){let keywordLocation=`${schemaLocation}/prefixItems`,length2=Math.
min($prefixItems.length,length);for(;i<length2;i++){let result=validate(instance[i],$prefixItems[i],draft,lookup,shortCircuit,
recursiveAnchor,`${instanceLocation}/${i}`,`${keywordLocation}/${i}`);if(evaluated[i]=!0,!result.valid&&(stop=shortCircuit,
errors.push({instanceLocation,keyword:"prefixItems",keywordLocation,error:"Items did not match schema."},...result.errors),
stop))break}}if($items!==void 0){let keywordLocation=`${schemaLocation}/items`;if(Array.isArray($items)){let length2=Math.
min($items.length,length);for(;i<length2;i++){let result=validate(instance[i],$items[i],draft,lookup,shortCircuit,recursiveAnchor,
`${instanceLocation}/${i}`,`${keywordLocation}/${i}`);if(evaluated[i]=!0,!result.valid&&(stop=shortCircuit,errors.push({
instanceLocation,keyword:"items",keywordLocation,error:"Items did not match schema."},...result.errors),stop))break}}else
for(;i<length;i++){let result=validate(instance[i],$items,draft,lookup,shortCircuit,recursiveAnchor,`${instanceLocation}\
/${i}`,keywordLocation);if(evaluated[i]=!0,!result.valid&&(stop=shortCircuit,errors.push({instanceLocation,keyword:"item\
s",keywordLocation,error:"Items did not match schema."},...result.errors),stop))break}if(!stop&&$additionalItems!==void 0){
let keywordLocation2=`${schemaLocation}/additionalItems`;for(;i<length;i++){let result=validate(instance[i],$additionalItems,
draft,lookup,shortCircuit,recursiveAnchor,`${instanceLocation}/${i}`,keywordLocation2);evaluated[i]=!0,result.valid||(stop=
shortCircuit,errors.push({instanceLocation,keyword:"additionalItems",keywordLocation:keywordLocation2,error:"Items did n\
ot match additional items schema."},...result.errors))}}}if($contains!==void 0)if(length===0&&$minContains===void 0)errors.
push({instanceLocation,keyword:"contains",keywordLocation:`${schemaLocation}/contains`,error:"Array is empty. It must co\
ntain at least one item matching the schema."});else if($minContains!==void 0&&length<$minContains)errors.push({instanceLocation,
keyword:"minContains",keywordLocation:`${schemaLocation}/minContains`,error:`Array has less items (${length}) than minCo\
ntains (${$minContains}).`});else{let keywordLocation=`${schemaLocation}/contains`,errorsLength=errors.length,contained=0;
for(let j=0;j<length;j++){let result=validate(instance[j],$contains,draft,lookup,shortCircuit,recursiveAnchor,`${instanceLocation}\
/${j}`,keywordLocation);result.valid?(evaluated[j]=!0,contained++):errors.push(...result.errors)}contained>=($minContains||
0)&&(errors.length=errorsLength),$minContains===void 0&&$maxContains===void 0&&contained===0?errors.splice(errorsLength,
0,{instanceLocation,keyword:"contains",keywordLocation,error:"Array does not contain item matching schema."}):$minContains!==
void 0&&contained<$minContains?errors.push({instanceLocation,keyword:"minContains",keywordLocation:`${schemaLocation}/mi\
nContains`,error:`Array must contain at least ${$minContains} items matching schema. Only ${contained} items were found.`}):
$maxContains!==void 0&&contained>$maxContains&&errors.push({instanceLocation,keyword:"maxContains",keywordLocation:`${schemaLocation}\
/maxContains`,error:`Array may contain at most ${$maxContains} items matching schema. ${contained} items were found.`})}
if(!stop&&$unevaluatedItems!==void 0){let keywordLocation=`${schemaLocation}/unevaluatedItems`;for(i;i<length;i++){if(evaluated[i])
continue;let result=validate(instance[i],$unevaluatedItems,draft,lookup,shortCircuit,recursiveAnchor,`${instanceLocation}\
/${i}`,keywordLocation);evaluated[i]=!0,result.valid||errors.push({instanceLocation,keyword:"unevaluatedItems",keywordLocation,
error:"Items did not match unevaluated items schema."},...result.errors)}}if($uniqueItems)for(let j=0;j<length;j++){let a=instance[j],
ao=typeof a=="object"&&a!==null;for(let k=0;k<length;k++){if(j===k)continue;let b=instance[k];(a===b||ao&&(typeof b=="ob\
ject"&&b!==null)&&deepCompareStrict(a,b))&&(errors.push({instanceLocation,keyword:"uniqueItems",keywordLocation:`${schemaLocation}\
/uniqueItems`,error:`Duplicate items at indexes ${j} and ${k}.`}),j=Number.MAX_SAFE_INTEGER,k=Number.MAX_SAFE_INTEGER)}}}else if(instanceType===
"number"){if(draft==="4"?($minimum!==void 0&&($exclusiveMinimum===!0&&instance<=$minimum||instance<$minimum)&&errors.push(
{instanceLocation,keyword:"minimum",keywordLocation:`${schemaLocation}/minimum`,error:`${instance} is less than ${$exclusiveMinimum?
"or equal to ":""} ${$minimum}.`}),$maximum!==void 0&&($exclusiveMaximum===!0&&instance>=$maximum||instance>$maximum)&&errors.
push({instanceLocation,keyword:"maximum",keywordLocation:`${schemaLocation}/maximum`,error:`${instance} is greater than ${$exclusiveMaximum?
"or equal to ":""} ${$maximum}.`})):($minimum!==void 0&&instance<$minimum&&errors.push({instanceLocation,keyword:"minimu\
m",keywordLocation:`${schemaLocation}/minimum`,error:`${instance} is less than ${$minimum}.`}),$maximum!==void 0&&instance>
$maximum&&errors.push({instanceLocation,keyword:"maximum",keywordLocation:`${schemaLocation}/maximum`,error:`${instance}\
 is greater than ${$maximum}.`}),$exclusiveMinimum!==void 0&&instance<=$exclusiveMinimum&&errors.push({instanceLocation,
keyword:"exclusiveMinimum",keywordLocation:`${schemaLocation}/exclusiveMinimum`,error:`${instance} is less than ${$exclusiveMinimum}\
.`}),$exclusiveMaximum!==void 0&&instance>=$exclusiveMaximum&&errors.push({instanceLocation,keyword:"exclusiveMaximum",keywordLocation:`${schemaLocation}\
/exclusiveMaximum`,error:`${instance} is greater than or equal to ${$exclusiveMaximum}.`})),$multipleOf!==void 0){let remainder=instance%
$multipleOf;Math.abs(0-remainder)>=11920929e-14&&Math.abs($multipleOf-remainder)>=11920929e-14&&errors.push({instanceLocation,
keyword:"multipleOf",keywordLocation:`${schemaLocation}/multipleOf`,error:`${instance} is not a multiple of ${$multipleOf}\
.`})}}else if(instanceType==="string"){let length=$minLength===void 0&&$maxLength===void 0?0:ucs2length(instance);$minLength!==
void 0&&length<$minLength&&errors.push({instanceLocation,keyword:"minLength",keywordLocation:`${schemaLocation}/minLengt\
h`,error:`String is too short (${length} < ${$minLength}).`}),$maxLength!==void 0&&length>$maxLength&&errors.push({instanceLocation,
keyword:"maxLength",keywordLocation:`${schemaLocation}/maxLength`,error:`String is too long (${length} > ${$maxLength}).`}),
$pattern!==void 0&&!new RegExp($pattern,"u").test(instance)&&errors.push({instanceLocation,keyword:"pattern",keywordLocation:`${schemaLocation}\
/pattern`,error:"String does not match pattern."}),$format!==void 0&&format[$format]&&!format[$format](instance)&&errors.
push({instanceLocation,keyword:"format",keywordLocation:`${schemaLocation}/format`,error:`String does not match format "${$format}\
".`})}return{valid:errors.length===0,errors}}var Validator=class{schema;draft;shortCircuit;lookup;constructor(schema,draft="2019-09",shortCircuit=!0){this.schema=schema,
this.draft=draft,this.shortCircuit=shortCircuit,this.lookup=dereference(schema)}validate(instance){return validate(instance,
this.schema,this.draft,this.lookup,this.shortCircuit)}addSchema(schema,id){id&&(schema={...schema,$id:id}),dereference(schema,
this.lookup)}};var edge_rules_schema_default={$schema:"https://json-schema.org/draft/2020-12/schema",$id:"urn:cfaig:schema:edge-rules:1",
type:"object",required:["version","gateway"],additionalProperties:!1,properties:{version:{const:1},gateway:{type:"object",
required:["url"],additionalProperties:!1,properties:{url:{type:"string",maxLength:2048,pattern:"^(?:https://[A-Za-z0-9.-\
]+(?::[0-9]{1,5})?|http://(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])(?::[0-9]{1,5})?)(?:/[A-Za-z0-9._~-]+)*/?$"}}},
auth:{type:"object",minProperties:1,additionalProperties:!1,properties:{open:{const:!0},bearer:{type:"array",minItems:1,
items:{type:"object",required:["name","sha256"],additionalProperties:!1,properties:{name:{$ref:"#/$defs/name"},sha256:{type:"\
string",pattern:"^[0-9a-f]{64}$"}}}},access:{type:"object",required:["team","aud"],additionalProperties:!1,properties:{team:{
type:"string",pattern:"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"},aud:{type:"array",minItems:1,items:{type:"string",minLength:1,
maxLength:200}}}}}},cors:{type:"object",required:["origins"],additionalProperties:!1,properties:{origins:{type:"array",minItems:1,
items:{type:"string",pattern:"^(?:\\*|https?://(?:[a-z0-9.-]+|\\[[0-9a-f:.]+\\])(?::[0-9]{1,5})?)$"}},headers:{type:"arr\
ay",items:{$ref:"#/$defs/header_name"}},max_age:{type:"integer",minimum:0,maximum:86400}}},deny_headers:{type:"array",items:{
type:"string",pattern:"^[a-z0-9*-]{1,64}$"}},keys:{type:"object",propertyNames:{pattern:"^[a-z0-9][a-zA-Z0-9_-]{0,71}$"},
additionalProperties:{type:"object",required:["binding"],additionalProperties:!1,properties:{binding:{type:"string",pattern:"\
^KEY_[A-Z0-9_]{1,60}$"},header:{type:"string",pattern:"^(?:authorization|(?:[a-z0-9]+-){0,4}(?:key|token))$"},scheme:{type:"\
string",pattern:"^[A-Za-z-]{0,20}$"}}}},explain:{type:"boolean"},rules:{$ref:"#/$defs/rules"}},$defs:{rules:{type:"array",
items:{$ref:"#/$defs/rule"}},rule:{type:"object",required:["then"],additionalProperties:!1,properties:{name:{$ref:"#/$de\
fs/name"},match:{$ref:"#/$defs/match"},then:{$ref:"#/$defs/then"},continue:{type:"boolean"}}},match:{type:"object",additionalProperties:!1,
properties:{path:{$ref:"#/$defs/globs"},method:{$ref:"#/$defs/methods"},provider:{$ref:"#/$defs/globs"},model:{$ref:"#/$\
defs/globs"},client:{$ref:"#/$defs/globs"},headers:{type:"object",propertyNames:{pattern:"^[a-z0-9!#$&'*+.^_`|~-]{1,64}$"},
additionalProperties:{$ref:"#/$defs/condition"}},metadata:{type:"object",additionalProperties:{$ref:"#/$defs/condition"}},
body:{type:"object",propertyNames:{$ref:"#/$defs/field"},additionalProperties:{$ref:"#/$defs/condition"}}}},then:{type:"\
object",minProperties:1,additionalProperties:!1,properties:{cache:{$ref:"#/$defs/cache"},timeout_ms:{type:"integer",minimum:1,
maximum:864e5},retries:{type:"object",minProperties:1,additionalProperties:!1,properties:{attempts:{type:"integer",minimum:1,
maximum:5},delay_ms:{type:"integer",minimum:0,maximum:6e4},backoff:{enum:["constant","linear","exponential"]}}},custom_cost:{
$ref:"#/$defs/custom_cost"},metadata:{type:"object",minProperties:1,maxProperties:5,propertyNames:{minLength:1,maxLength:100,
not:{pattern:"^cf\\."}},additionalProperties:{type:["string","number","boolean"],maxLength:1e3}},log:{enum:[!0,!1,"metad\
ata"]},byok_alias:{type:"string",pattern:"^[A-Za-z0-9_.-]{1,64}$"},zdr:{type:"boolean"},no_wholesale:{type:"boolean"},rewrite:{
type:"object",minProperties:1,additionalProperties:!1,properties:{provider:{type:"string",pattern:"^[a-z0-9][a-zA-Z0-9_-\
]{0,71}$"},model:{type:"string",pattern:"^[!-~]{1,200}$"}}},reject:{type:"object",required:["status","message"],additionalProperties:!1,
properties:{status:{type:"integer",minimum:400,maximum:599},message:{type:"string",minLength:1,maxLength:500},code:{type:"\
integer",minimum:1,maximum:99999}}},queue:{type:"object",required:["wait_ms"],additionalProperties:!1,properties:{wait_ms:{
type:"integer",minimum:1,maximum:3e5},attempts:{type:"integer",minimum:1,maximum:20},waiting:{type:"integer",minimum:1,maximum:1e3}}},
headers:{type:"object",minProperties:1,propertyNames:{$ref:"#/$defs/header_name"},additionalProperties:{type:"string",pattern:"\
^[!-~](?:[ -~]{0,1998}[!-~])?$"}}}},cache:{type:"object",minProperties:1,additionalProperties:!1,properties:{off:{const:!0},
ttl:{type:"integer",minimum:60,maximum:2592e3},key:{type:"array",minItems:1,maxItems:50,items:{anyOf:[{$ref:"#/$defs/fie\
ld"},{type:"string",pattern:"^\\$(?:client|header\\.[a-z0-9-]{1,64}|metadata\\..{1,100})$"}]}}},dependentSchemas:{off:{properties:{
ttl:!1,key:!1}}}},custom_cost:{type:"object",minProperties:1,additionalProperties:!1,properties:{per_token_in:{type:"num\
ber",minimum:0},per_token_out:{type:"number",minimum:0},per_cache_read_token:{type:"number",minimum:0},per_cache_write_token:{
type:"number",minimum:0},total_cost:{type:"number",minimum:0}}},condition:{anyOf:[{type:["string","number","boolean","nu\
ll"]},{type:"array",minItems:1,items:{$ref:"#/$defs/scalar"}},{type:"object",minProperties:1,additionalProperties:!1,properties:{
$eq:{$ref:"#/$defs/scalar"},$ne:{$ref:"#/$defs/scalar"},$in:{type:"array",minItems:1,items:{$ref:"#/$defs/scalar"}},$nin:{
type:"array",minItems:1,items:{$ref:"#/$defs/scalar"}},$exists:{type:"boolean"},$gt:{type:"number"},$gte:{type:"number"},
$lt:{type:"number"},$lte:{type:"number"},$glob:{type:"string",maxLength:500}}}]},scalar:{type:["string","number","boolea\
n","null"]},globs:{anyOf:[{$ref:"#/$defs/glob"},{type:"array",minItems:1,items:{$ref:"#/$defs/glob"}}]},glob:{type:"stri\
ng",minLength:1,maxLength:500},methods:{anyOf:[{$ref:"#/$defs/method"},{type:"array",minItems:1,items:{$ref:"#/$defs/met\
hod"}}]},method:{enum:["GET","HEAD","POST","PUT","PATCH","DELETE"]},field:{type:"string",pattern:"^(?:[^$/.][^.]*(?:\\.[^\
.]+)*|(?:/[^/]*)+)$",maxLength:300},name:{type:"string",pattern:"^[A-Za-z0-9][A-Za-z0-9 _.@/-]{0,99}$"},header_name:{type:"\
string",pattern:"^[a-z0-9-]{1,64}$",not:{pattern:"^(?:authorization|cf-aig-authorization|x-api-key|api-key|x-goog-api-ke\
y|cookie|host|connection|content-length|content-encoding|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*\
|sec-.*|cf-access-.*|cf-connecting-.*)$"}}}};var OPERATORS={$eq:operand=>value=>value===operand,$ne:operand=>value=>value!==operand,$in:operand=>value=>operand.includes(
value),$nin:operand=>value=>!operand.includes(value),$exists:operand=>value=>value!==NOTHING===operand,$gt:operand=>value=>typeof value==
"number"&&value>operand,$gte:operand=>value=>typeof value=="number"&&value>=operand,$lt:operand=>value=>typeof value=="n\
umber"&&value<operand,$lte:operand=>value=>typeof value=="number"&&value<=operand,$glob:operand=>{let fits=nameGlob(operand);
return value=>typeof value=="string"&&fits(value)}};function readCondition(condition){let tests=operatorsOf(condition).map(
([operator,operand])=>OPERATORS[operator](operand));return value=>tests.every(test=>test(value))}function readTextCondition(condition){
let tests=operatorsOf(condition).map(([operator,operand])=>/^\$[gl]te?$/.test(operator)?inNumbers(OPERATORS[operator](operand)):
operator==="$exists"?OPERATORS.$exists(operand):OPERATORS[operator](Array.isArray(operand)?operand.map(String):String(operand)));
return value=>tests.every(test=>test(value))}var inNumbers=test=>value=>typeof value=="string"&&/^-?\d{1,15}(?:\.\d{1,15})?$/.
test(value)&&test(Number(value));function operatorsOf(condition){return Array.isArray(condition)?[["$in",condition]]:typeof condition!=
"object"||condition===null?[["$eq",condition]]:Object.entries(condition)}function readRule({name,match={},then,continue:goesOn=!1},index){let parts=Object.entries(match).map(([part,wanted])=>PARTS[part](
wanted));return{name:name??`rule ${index+1}`,parts,then,goesOn}}var PARTS={path:globs=>{let fits=list(globs).map(pathGlob);
return({place})=>spellings(place).some(segments=>fits.some(fit=>fit(segments)))},method:methods=>({method})=>list(methods).
includes(method),provider:globs=>{let fits=anyOf(globs);return subject=>known(subject,subject.provider,fits)},model:globs=>{
let fits=anyOf(globs);return subject=>known(subject,subject.model,model=>fits(model)||fits(`${subject.provider}/${model}`))},
client:globs=>{let fits=anyOf(globs);return({client})=>client!==null&&fits(client)},headers:conditions=>{let tests=entries(
conditions,readTextCondition);return({headers})=>tests.every(([name,test])=>test(headers.get(name)??NOTHING))},metadata:conditions=>{
let tests=entries(conditions,readCondition);return({metadata})=>tests.every(([name,test])=>test(fieldOf(metadata,[name])))},
body:conditions=>{let tests=entries(conditions,readCondition).map(([name,test])=>[readField(name),test]);return({json,bodyKnown})=>bodyKnown?
tests.every(([steps,test])=>test(fieldOf(json,steps))):void 0}},list=value=>Array.isArray(value)?value:[value];function anyOf(globs){
let fits=list(globs).map(nameGlob);return text=>fits.some(fit=>fit(text))}var entries=(conditions,reader)=>Object.entries(
conditions).map(([name,condition])=>[name,reader(condition)]);function known({bodyKnown},value,fits){return value!==void 0?
fits(value):bodyKnown?!1:void 0}function matches(rule,subject){let answers=rule.parts.map(part=>part(subject));return answers.
includes(!1)?!1:answers.includes(void 0)?void 0:!0}function needBody(rules,subject){for(let rule of rules){let answer2=matches(
rule,subject);if(answer2!==!1){if(answer2===void 0||actsOnBody(rule.then))return!0;if(!rule.goesOn)return!1}}return!1}var actsOnBody=({
cache,rewrite,queue})=>!!(cache&&!cache.off||rewrite||queue);function decide(rules,subject){let decision={then:{},names:[]};
for(let rule of rules){let answer2=matches(rule,subject);if(answer2===void 0&&rule.then.reject)throw unreadable(subject);
if(answer2&&(decision.names.push(rule.name),fillIn(decision.then,rule.then),!rule.goesOn||rule.then.reject))break}return decision}
function fillIn(left,then){for(let[name,value]of Object.entries(then)){let byEntry=name==="metadata"||name==="headers";left[name]=
byEntry?{...value,...left[name]}:left[name]??value}}function unreadable({bodyKind}){return bodyKind==="encoded"?new Fault(
415,Code.ENCODED_BODY,"the body must not be compressed: rules have to read it"):new Fault(413,Code.TOO_LARGE,"the body i\
s larger than rules can read")}var validator=new Validator(edge_rules_schema_default,"2020-12",!1),MORE_RULES=/^RULES_[2-9]$|^RULES_[1-9]\d$/,known2={source:void 0,
config:new Fault(500,Code.CONFIGURATION,"")};function loadConfig(env){if((known2.source!==env.RULES||env.RULES===void 0)&&
(known2={source:env.RULES,config:tryReading(env)}),known2.config instanceof Fault)throw known2.config;return known2.config}
function tryReading(env){try{return read(env)}catch(error){if(error instanceof Fault)return error;throw error}}function read(env){
let told=env.RULES;if(typeof told!="object"||told===null)throw wrong("the binding RULES is not a JSON object");let all={
...told,rules:[...told.rules??[],...furtherRules(env)]};check(all);let{gateway,auth={},cors,deny_headers:denied=[],keys={},
explain:explain2=!1,rules}=all,patterns=denied.map(nameGlob),config={base:gateway.url.replace(/\/$/,""),rules:rules.map(
readRule),bearer:(auth.bearer??[]).map(readHash),access:auth.access?{issuer:`https://${auth.access.team}.cloudflareacces\
s.com`,aud:auth.access.aud}:null,cors:cors?readCors(cors):null,denies:header=>patterns.some(one=>one(header)),keys:readKeys(
keys,env),token:env.GATEWAY_TOKEN||void 0,managed:!1,explain:explain2};return withCredentials(config,auth.open===!0)}function withCredentials(config,open){
let asks=config.bearer.length>0||config.access!==null,injects=config.token!==void 0||config.keys.size>0;if(open&&asks)throw wrong(
"auth: open, and also asks who the client is");if(injects&&!asks&&!open)throw wrong("auth: secrets are bound and nobody \
is asked; write open: true if that is meant");return config.managed=asks||injects,config}function furtherRules(env){let names=Object.
keys(env).filter(name=>MORE_RULES.test(name));return names.sort((one,other)=>Number(one.slice(6))-Number(other.slice(6))),
names.flatMap(name=>{if(!Array.isArray(env[name]))throw wrong(`the binding ${name} is not a JSON array`);return env[name]})}
function check(rules){let{valid,errors}=validator.validate(rules);if(valid)return;let telling=errors.filter(({keyword})=>!AROUND.
has(keyword)),[first]=telling.toSorted((one,other)=>depth(other)-depth(one)),why=first.keyword==="false"?"there is no su\
ch setting":first.error;throw wrong(`RULES${first.instanceLocation.slice(1)}: ${why}`)}var AROUND=new Set(["$ref","prope\
rties","items","additionalProperties","propertyNames","anyOf","dependentSchemas"]),depth=({instanceLocation})=>instanceLocation.
split("/").length;function readHash({name,sha256}){let bytes2=sha256.match(/../g).map(byte=>Number.parseInt(byte,16));return{
name,hash:Uint8Array.from(bytes2)}}function readCors({origins,headers,max_age:maxAge=600}){return{origins:new Set(origins),
headers:headers?new Set(headers):null,maxAge}}function readKeys(keys,env){return new Map(Object.entries(keys).map(([provider,
{binding,...place}])=>{if(!env[binding])throw wrong(`keys: there is no binding ${binding}`);return[provider.toLowerCase(),
{binding:env[binding],...place}]}))}var wrong=why=>new Fault(500,Code.CONFIGURATION,`this Worker is not set up correctly\
: ${why}`);var METHODS="GET, POST, PUT, PATCH, DELETE",READABLE=["cf-aig-cache-status","cf-aig-dlp","cf-aig-event-id","cf-aig-log-i\
d","cf-aig-model","cf-aig-provider","cf-aig-request-id","cf-aig-run-id","cf-aig-step","cfaig-edge-rules","cfaig-edge-wai\
ted-ms","content-type","retry-after","x-request-id"].join(", "),MOST_REQUESTED=64,isPreflight=request=>request.method===
"OPTIONS"&&request.headers.has("origin")&&request.headers.has("access-control-request-method");function preflight(config,request){
let origin=allowedOrigin(config,request);if(origin===null)return new Response(null,{status:403,headers:{vary:"origin"}});
let granted=(request.headers.get("access-control-request-headers")??"").toLowerCase().split(",").map(name=>name.trim()).
filter(name=>mayBeSent(config,name)),headers=new Headers({"access-control-allow-origin":origin,"access-control-allow-met\
hods":METHODS,"access-control-max-age":String(config.cors?.maxAge??0),vary:"origin, access-control-request-headers, acce\
ss-control-request-method"});return granted.length>0&&headers.set("access-control-allow-headers",granted.slice(0,MOST_REQUESTED).
join(", ")),new Response(null,{status:204,headers})}function allowReading(config,request,headers){if(!config.cors)return;
let origin=allowedOrigin(config,request);origin!=="*"&&headers.append("vary","origin"),origin!==null&&(headers.set("acce\
ss-control-allow-origin",origin),headers.set("access-control-expose-headers",READABLE))}function isTrustedOrigin(config,request,url){
let origin=request.headers.get("origin");return origin===null?request.headers.get("sec-fetch-site")!=="cross-site":origin===
url.origin||(config.cors?.origins.has(origin)??!1)}function allowedOrigin(config,request){let origin=request.headers.get(
"origin");return origin===null||!config.cors?null:config.cors.origins.has("*")?"*":config.cors.origins.has(origin)?origin:
null}function mayBeSent(config,name){if(!/^[a-z0-9!#$&'*+.^_`|~-]{1,64}$/.test(name)||config.denies(name))return!1;let{headers}=config.
cors;return headers===null||ALWAYS.has(name)||headers.has(name)}var ALWAYS=new Set(["authorization","content-type","x-ap\
i-key","api-key","x-goog-api-key","anthropic-version"]);var waitingNow=0;async function askPatiently({wait_ms:budget,attempts=5,waiting=100},ask2){let response=await ask2(),waitedMs=0;
for(let attempt=0;response.status===429&&attempt<attempts;attempt+=1){let pause=pauseBefore(attempt,response.headers.get(
"retry-after"));if(waitedMs+pause>budget||waitingNow>=waiting)break;await response.body?.cancel(),await pauseFor(pause),
waitedMs+=pause,response=await ask2()}return{response,waitedMs}}function pauseBefore(attempt,retryAfter){let asked=readRetryAfter(
retryAfter),step=Math.min(500*2**attempt,3e4);return Math.ceil(asked===null?step*(.5+Math.random()/2):asked+Math.random()*
Math.min(step,asked/10+100))}function readRetryAfter(value){if(value===null)return null;if(/^\s*\d{1,9}(?:\.\d{1,3})?\s*$/.
test(value))return Number(value)*1e3;let date2=Date.parse(value);return Number.isNaN(date2)?null:Math.max(0,date2-Date.now())}
async function pauseFor(milliseconds){waitingNow+=1;try{await new Promise(resolve=>setTimeout(resolve,milliseconds))}finally{
waitingNow-=1}}var CONFIG_HEADERS=Object.freeze({requestTimeout:"cf-aig-request-timeout",maxAttempts:"cf-aig-max-attempts",retryDelay:"\
cf-aig-retry-delay",backoff:"cf-aig-backoff"}),MOST_ITEMS=100;async function carryOutItems(call){let all={then:{},names:[]};
if(isTransparent(call))return all;let items=await readItems(call),changed=[];for(let item of items){let{then,names,item:next}=await carryOutItem(
call,item);all.then.queue??=then.queue,all.names.push(...names.filter(name=>!all.names.includes(name))),changed.push(next)}
return call.body.replace(Array.isArray(call.body.json)?changed:changed[0]),await putCredentials(call,void 0),all}var isTransparent=({
config})=>!config.managed&&config.rules.length===0;async function readItems(call){let{body}=call;if(await body.read(),body.
kind==="too large")throw new Fault(413,Code.TOO_LARGE,"the body is larger than rules can read");if(body.kind==="encoded")
throw new Fault(415,Code.ENCODED_BODY,"the body must not be compressed");if(body.kind!=="json")throw badItems();let all=body.
exactly(),items=Array.isArray(all)?all:[all];if(items.length===0||items.length>MOST_ITEMS)throw badItems();return items}
async function carryOutItem(call,told){let{item,place,search}=readItem(call,told),own=itemHeaders(item.headers);dropDenied(
call.config,own),dropDeniedConfig(call,item);let whole=JSON.stringify(item.query),json=whole===void 0?void 0:JSON.parse(
whole),about=subjectAt(call,place,search,own,json),decision=decide(call.config.rules,about);refuse(decision.then);let target=rewritten(
decision.then.rewrite,about,()=>item.query),query=target.json??item.query,subject=subjectAt(call,target.place,search,own,
target.json??json),present=new Map([...call.headers,...configHeaders(item),...own]),credentials=clientCredentials(call.config,
present,search),keyed={subject,path:target.place.path,search,body:()=>query,credentials};for(let[name,value]of await headersOf(
decision.then,keyed,present))own.set(name,value);await putProviderKey(call,subject,own);let[,provider,...rest]=target.place.
path.split("/"),next={...item,provider,endpoint:rest.join("/")+search,headers:Object.fromEntries(own),query};return{...decision,
item:next}}function readItem({config},told){if(typeof told!="object"||told===null)throw badItems();let item={...told},{provider,
endpoint=""}=item;if(typeof provider!="string"||!/^[A-Za-z0-9_-]{1,80}$/.test(provider)||typeof endpoint!="string")throw badItems();
let[,path,search]=/^([^?#]*)(\?[^#]*)?/s.exec(endpoint),place=readPath(`/${provider}/${path.replace(/^\//,"")}`);return{
item,place,search:config.managed?stripQuery(search??""):search??""}}function subjectAt({client,headers},place,search,own,json){
let body={kind:"json",json,text:"",unreadable:!1};return readSubject({place,method:"POST",client,search,headers:new Map(
[...headers,...own]),body})}function dropDeniedConfig({config},item){if(typeof item.config!="object"||item.config===null)
return;let kept=Object.entries(item.config).filter(([name])=>{let header=CONFIG_HEADERS[name];return header===void 0||!config.
denies(header)});item.config=Object.fromEntries(kept)}function configHeaders({config}){return typeof config!="object"||config===
null?[]:Object.entries(CONFIG_HEADERS).filter(([name])=>config[name]!==void 0).map(([name,header])=>[header,String(config[name])])}
async function putProviderKey(call,{provider,place},headers){let key=provider===void 0?void 0:call.config.keys.get(provider);
key&&putKey(headers,keyPlace(provider??"",place.first==="compat",key),await reveal(call,key.binding))}var badItems=()=>new Fault(
400,Code.BAD_UNIVERSAL,"the body is not a list of {provider, endpoint, headers, query}");var LONGEST_ERROR=256*1024,HIDDEN="***";function addressOf({config,place,search}){let base=new URL(config.base),path=place.
path==="/"?"":place.path,url=new URL(config.base+path+search),within=url.pathname===base.pathname||url.pathname.startsWith(
`${base.pathname.replace(/\/$/,"")}/`);if(url.origin!==base.origin||url.username||url.password||!within)throw new Fault(
400,Code.BAD_PATH,"the path is not one that can be sent on");return url.href}async function ask(call){let{request,headers,
body}=call,address=addressOf(call),bare=request.method==="GET"||request.method==="HEAD";try{return await fetch(address,{
method:request.method,headers:new Headers([...headers]),body:bare?null:body.send(),redirect:"manual",signal:request.signal})}catch{
throw new Fault(502,Code.UNREACHABLE,"the gateway cannot be reached")}}async function bringBack(call,response){let headers=answered(
response.headers,call.config.managed||call.config.cors!==null);hideSecrets(headers,call.secrets);let{status,statusText}=response;
if(status<200||status>599)throw new Fault(502,Code.UNREACHABLE,"the gateway's answer is not one");return status<400||response.
body===null?new Response(response.body,{status,statusText,headers}):new Response(await withoutSecrets(response.body,call.
secrets,headers),{status,statusText,headers})}function hideSecrets(headers,secrets){for(let[name,value]of[...headers])withoutSecret(
value,secrets)!==value&&headers.delete(name)}function withoutSecret(text,secrets){let left=text;for(let secret2 of secrets)
left=left.replaceAll(secret2,HIDDEN);return left}async function withoutSecrets(body,secrets,headers){if(secrets.size===0)
return body;headers.delete("content-length");let{chunks,size,rest}=await readUpTo(body,LONGEST_ERROR);rest&&await rest.cancel();
let bytes2=joined(chunks,size),text=new TextDecoder().decode(bytes2),hidden=withoutSecret(text,secrets);return hidden===
text?bytes2:hidden}var RULES_HEADER="cfaig-edge-rules";async function proxy(call){let universal=call.place.path==="/"&&!["GET","HEAD"].includes(
call.request.method),{then,names}=universal?await carryOutItems(call):await carryOutOne(call),{response,waitedMs}=await askAsAllowed(
call,then.queue),answer2=await bringBack(call,response);return call.config.explain&&explain(answer2.headers,names,waitedMs),
answer2}async function carryOutOne(call){let{config,body,place}=call;(config.keys.size>0&&place.first==="compat"||needBody(
config.rules,subjectOf(call)))&&await body.read();let decision=decide(config.rules,subjectOf(call));return await carryOut(
call,decision.then).catch(error=>{throw config.explain&&error instanceof Fault&&(error.headers[RULES_HEADER]=decision.names.
join(", ")),error}),decision}async function askAsAllowed(call,queue){return queue&&call.body.again?await askPatiently(queue,
()=>ask(call)):{response:await ask(call),waitedMs:0}}function explain(headers,names,waitedMs){headers.set(RULES_HEADER,names.
join(", ")),waitedMs>0&&headers.set("cfaig-edge-waited-ms",String(waitedMs))}var NEVER_SENT=new Set([1004,1005,1006,1015]),BROKEN=1011;async function connect(call){let universal=call.place.path==="\
/",{names}=universal?await openUniversal(call):await openRealtime(call),offered=readProtocols(call.request.headers.get("\
sec-websocket-protocol")),response=await handshake(call,call.config.managed?offered.open:offered.all);if(response.webSocket===
null)return bringBack(call,response);let headers=new Headers,chosen=chosenProtocol(response.headers.get("sec-websocket-p\
rotocol"),offered);chosen!==void 0&&headers.set("sec-websocket-protocol",chosen),call.config.explain&&explain(headers,names,
0);let webSocket=universal&&!isTransparent(call)?bridged(call,response.webSocket):response.webSocket;return new Response(
null,{status:101,headers,webSocket})}async function openUniversal(call){return await putCredentials(call,void 0),{names:[]}}
async function openRealtime(call){call.body.kind="none";let decision=decide(call.config.rules,subjectOf(call));return refuse(
decision.then),await carryOut(call,decision.then),decision}async function handshake(call,protocols){let headers=new Headers(
[...call.headers]);headers.set("upgrade","websocket"),protocols.length>0&&headers.set("sec-websocket-protocol",protocols.
join(", "));let address=addressOf(call);try{return await fetch(address,{headers,redirect:"manual"})}catch{throw new Fault(
502,Code.UNREACHABLE,"the gateway cannot be reached")}}function chosenProtocol(upstream,{all,open}){return upstream!==null&&
all.includes(upstream)?upstream:open[0]??all[0]}function bridged(call,upstream){let[client,server]=Object.values(new WebSocketPair);
server.accept(),upstream.accept();let last=Promise.resolve();return server.addEventListener("message",({data})=>{last=last.
then(()=>passOn(call,data,server,upstream)).catch(()=>end(upstream,BROKEN,""))}),upstream.addEventListener("message",({data})=>{
server.readyState===WebSocket.OPEN&&server.send(typeof data=="string"?withoutSecret(data,call.secrets):data)}),server.addEventListener(
"close",({code,reason})=>{last.then(()=>end(upstream,code,reason))}),upstream.addEventListener("close",({code,reason})=>end(
server,code,reason)),server.addEventListener("error",()=>end(upstream,BROKEN,"")),upstream.addEventListener("error",()=>end(
server,BROKEN,"")),client}async function passOn(call,data,server,upstream){let message;try{message=parseExactly(typeof data==
"string"?data:new TextDecoder().decode(data));let next=isRequest(message)?{...message,request:await carryOutMessage(call,
message.request)}:message;upstream.readyState===WebSocket.OPEN&&upstream.send(JSON.stringify(next))}catch(error){server.
send(JSON.stringify({type:"universal.error",...complaint(error,message?.request?.eventId)}))}}var isRequest=message=>message?.
type==="universal.create";async function carryOutMessage(call,request){let{item}=await carryOutItem(call,request);return item}
function complaint(error,eventId=null){let metadata={eventId};return error instanceof Fault?{metadata,error:{code:error.
code,message:error.message}}:{metadata,error:{code:Code.BAD_UNIVERSAL,message:"the message cannot be understood"}}}function end(socket,code,reason){
if(!(socket.readyState!==WebSocket.OPEN&&socket.readyState!==WebSocket.CLOSING))try{code===1005?socket.close():socket.close(
NEVER_SENT.has(code)?BROKEN:code,reason)}catch{}}var METHODS2=["GET","HEAD","POST","PUT","PATCH","DELETE"],worker_default={async fetch(request,env){let config;try{config=
loadConfig(env)}catch(error){return refusal(error)}if(config.cors&&isPreflight(request))return preflight(config,request);
let response=await answer(config,request).catch(refusal);return response.webSocket===null&&allowReading(config,request,response.
headers),response}};async function answer(config,request){let url=addressed(request),client=await authenticate(config,request,
url);if(client?.ambient&&!isTrustedOrigin(config,request,url))throw new Fault(403,Code.WRONG_ORIGIN,"this page may not u\
se the session of its visitor");if(!METHODS2.includes(request.method))throw new Fault(405,Code.BAD_METHOD,"no such metho\
d here",{allow:METHODS2.join(", ")});let place=readPath(isUpgrade(request)&&url.pathname==="/ws"?"/":url.pathname),call=readCall(
config,request,url,place,client?.name??null);return call.isSocket?connect(call):proxy(call)}function addressed({url}){if(!URL.
canParse(url))throw new Fault(400,Code.BAD_PATH,"the address is not one");return new URL(url)}function refusal(error){return error instanceof
Fault?error.response():error instanceof RangeError&&error.message.includes("call stack")?tooDeep().response():(console.error(
"cfaig edge:",error instanceof Error?`${error.name}${frames(error)}`:"unknown error"),new Fault(500,Code.INTERNAL,"inter\
nal error").response())}var tooDeep=()=>new Fault(400,Code.BROKEN_BODY,"the body is nested too deeply"),frames=({stack=""})=>stack.
slice(Math.max(0,stack.indexOf(`
    at `)));export{worker_default as default};
