// Made by clients/web/build.js: do not edit.
var q1=Object.create;var Ms=Object.defineProperty;var Y1=Object.getOwnPropertyDescriptor;var B1=Object.getOwnPropertyNames;var w1=Object.getPrototypeOf,G1=Object.prototype.hasOwnProperty;var yl=(t,l)=>()=>{try{return l||t((l={exports:{}}).exports,l),l.exports}catch(e){throw l=0,e}};var j1=(t,l,e,u)=>{if(l&&typeof l=="object"||typeof l=="function")for(let a of B1(l))!G1.call(t,a)&&a!==e&&Ms(t,a,{get:()=>l[a],
enumerable:!(u=Y1(l,a))||u.enumerable});return t};var _t=(t,l,e)=>(e=t!=null?q1(w1(t)):{},j1(l||!t||!t.__esModule?Ms(e,"default",{value:t,enumerable:!0}):e,t));var ws=yl(k=>{"use strict";function vc(t,l){var e=t.length;t.push(l);t:for(;0<e;){var u=e-1>>>1,a=t[u];if(0<yn(a,l))t[u]=
l,t[e]=a,e=u;else break t}}function gl(t){return t.length===0?null:t[0]}function Sn(t){if(t.length===0)return null;var l=t[0],
e=t.pop();if(e!==l){t[0]=e;t:for(var u=0,a=t.length,n=a>>>1;u<n;){var i=2*(u+1)-1,c=t[i],f=i+1,r=t[f];if(0>yn(c,e))f<a&&
0>yn(r,c)?(t[u]=r,t[f]=e,u=f):(t[u]=c,t[i]=e,u=i);else if(f<a&&0>yn(r,e))t[u]=r,t[f]=e,u=f;else break t}}return l}function yn(t,l){
var e=t.sortIndex-l.sortIndex;return e!==0?e:t.id-l.id}k.unstable_now=void 0;typeof performance=="object"&&typeof performance.
now=="function"?(Ds=performance,k.unstable_now=function(){return Ds.now()}):(dc=Date,Cs=dc.now(),k.unstable_now=function(){
return dc.now()-Cs});var Ds,dc,Cs,Hl=[],Fl=[],X1=1,Ft=null,Et=3,yc=!1,sa=!1,ra=!1,gc=!1,Rs=typeof setTimeout=="function"?
setTimeout:null,xs=typeof clearTimeout=="function"?clearTimeout:null,Us=typeof setImmediate<"u"?setImmediate:null;function gn(t){
for(var l=gl(Fl);l!==null;){if(l.callback===null)Sn(Fl);else if(l.startTime<=t)Sn(Fl),l.sortIndex=l.expirationTime,vc(Hl,
l);else break;l=gl(Fl)}}function Sc(t){if(ra=!1,gn(t),!sa)if(gl(Hl)!==null)sa=!0,ou||(ou=!0,fu());else{var l=gl(Fl);l!==
null&&bc(Sc,l.startTime-t)}}var ou=!1,da=-1,qs=5,Ys=-1;function Bs(){return gc?!0:!(k.unstable_now()-Ys<qs)}function mc(){
if(gc=!1,ou){var t=k.unstable_now();Ys=t;var l=!0;try{t:{sa=!1,ra&&(ra=!1,xs(da),da=-1),yc=!0;var e=Et;try{l:{for(gn(t),
Ft=gl(Hl);Ft!==null&&!(Ft.expirationTime>t&&Bs());){var u=Ft.callback;if(typeof u=="function"){Ft.callback=null,Et=Ft.priorityLevel;
var a=u(Ft.expirationTime<=t);if(t=k.unstable_now(),typeof a=="function"){Ft.callback=a,gn(t),l=!0;break l}Ft===gl(Hl)&&
Sn(Hl),gn(t)}else Sn(Hl);Ft=gl(Hl)}if(Ft!==null)l=!0;else{var n=gl(Fl);n!==null&&bc(Sc,n.startTime-t),l=!1}}break t}finally{
Ft=null,Et=e,yc=!1}l=void 0}}finally{l?fu():ou=!1}}}var fu;typeof Us=="function"?fu=function(){Us(mc)}:typeof MessageChannel<
"u"?(hc=new MessageChannel,Hs=hc.port2,hc.port1.onmessage=mc,fu=function(){Hs.postMessage(null)}):fu=function(){Rs(mc,0)};
var hc,Hs;function bc(t,l){da=Rs(function(){t(k.unstable_now())},l)}k.unstable_IdlePriority=5;k.unstable_ImmediatePriority=
1;k.unstable_LowPriority=4;k.unstable_NormalPriority=3;k.unstable_Profiling=null;k.unstable_UserBlockingPriority=2;k.unstable_cancelCallback=
function(t){t.callback=null};k.unstable_forceFrameRate=function(t){0>t||125<t?console.error("forceFrameRate takes a posi\
tive int between 0 and 125, forcing frame rates higher than 125 fps is not supported"):qs=0<t?Math.floor(1e3/t):5};k.unstable_getCurrentPriorityLevel=
function(){return Et};k.unstable_next=function(t){switch(Et){case 1:case 2:case 3:var l=3;break;default:l=Et}var e=Et;Et=
l;try{return t()}finally{Et=e}};k.unstable_requestPaint=function(){gc=!0};k.unstable_runWithPriority=function(t,l){switch(t){case 1:case 2:case 3:case 4:case 5:
break;default:t=3}var e=Et;Et=t;try{return l()}finally{Et=e}};k.unstable_scheduleCallback=function(t,l,e){var u=k.unstable_now();
switch(typeof e=="object"&&e!==null?(e=e.delay,e=typeof e=="number"&&0<e?u+e:u):e=u,t){case 1:var a=-1;break;case 2:a=250;
break;case 5:a=1073741823;break;case 4:a=1e4;break;default:a=5e3}return a=e+a,t={id:X1++,callback:l,priorityLevel:t,startTime:e,
expirationTime:a,sortIndex:-1},e>u?(t.sortIndex=e,vc(Fl,t),gl(Hl)===null&&t===gl(Fl)&&(ra?(xs(da),da=-1):ra=!0,bc(Sc,e-u))):
(t.sortIndex=a,vc(Hl,t),sa||yc||(sa=!0,ou||(ou=!0,fu()))),t};k.unstable_shouldYield=Bs;k.unstable_wrapCallback=function(t){
var l=Et;return function(){var e=Et;Et=l;try{return t.apply(this,arguments)}finally{Et=e}}}});var js=yl((r2,Gs)=>{"use strict";Gs.exports=ws()});var Ps=yl(N=>{"use strict";var zc=Symbol.for("react.transitional.element"),Q1=Symbol.for("react.portal"),V1=Symbol.for("\
react.fragment"),Z1=Symbol.for("react.strict_mode"),L1=Symbol.for("react.profiler"),K1=Symbol.for("react.consumer"),J1=Symbol.
for("react.context"),$1=Symbol.for("react.forward_ref"),k1=Symbol.for("react.suspense"),W1=Symbol.for("react.memo"),Ls=Symbol.
for("react.lazy"),F1=Symbol.for("react.activity"),I1=Symbol.for("react.view_transition"),Xs=Symbol.iterator;function P1(t){
return t===null||typeof t!="object"?null:(t=Xs&&t[Xs]||t["@@iterator"],typeof t=="function"?t:null)}var Ks={isMounted:function(){
return!1},enqueueForceUpdate:function(){},enqueueReplaceState:function(){},enqueueSetState:function(){}},Js=Object.assign,
$s={};function ru(t,l,e){this.props=t,this.context=l,this.refs=$s,this.updater=e||Ks}ru.prototype.isReactComponent={};ru.
prototype.setState=function(t,l){if(typeof t!="object"&&typeof t!="function"&&t!=null)throw Error("takes an object of st\
ate variables to update or a function which returns an object of state variables.");this.updater.enqueueSetState(this,t,
l,"setState")};ru.prototype.forceUpdate=function(t){this.updater.enqueueForceUpdate(this,t,"forceUpdate")};function ks(){}
ks.prototype=ru.prototype;function Oc(t,l,e){this.props=t,this.context=l,this.refs=$s,this.updater=e||Ks}var pc=Oc.prototype=
new ks;pc.constructor=Oc;Js(pc,ru.prototype);pc.isPureReactComponent=!0;var Qs=Array.isArray;function Ec(){}var L={H:null,
A:null,T:null,S:null},Ws=Object.prototype.hasOwnProperty;function _c(t,l,e){var u=e.ref;return{$$typeof:zc,type:t,key:l,
ref:u!==void 0?u:null,props:e}}function tv(t,l){return _c(t.type,l,t.props)}function Nc(t){return typeof t=="object"&&t!==
null&&t.$$typeof===zc}function lv(t){var l={"=":"=0",":":"=2"};return"$"+t.replace(/[=:]/g,function(e){return l[e]})}var Vs=/\/+/g;
function Tc(t,l){return typeof t=="object"&&t!==null&&t.key!=null?lv(""+t.key):l.toString(36)}function ev(t){switch(t.status){case"\
fulfilled":return t.value;case"rejected":throw t.reason;default:switch(typeof t.status=="string"?t.then(Ec,Ec):(t.status=
"pending",t.then(function(l){t.status==="pending"&&(t.status="fulfilled",t.value=l)},function(l){t.status==="pending"&&(t.
status="rejected",t.reason=l)})),t.status){case"fulfilled":return t.value;case"rejected":throw t.reason}}throw t}function su(t,l,e,u,a){
var n=typeof t;(n==="undefined"||n==="boolean")&&(t=null);var i=!1;if(t===null)i=!0;else switch(n){case"bigint":case"str\
ing":case"number":i=!0;break;case"object":switch(t.$$typeof){case zc:case Q1:i=!0;break;case Ls:return i=t._init,su(i(t.
_payload),l,e,u,a)}}if(i)return a=a(t),i=u===""?"."+Tc(t,0):u,Qs(a)?(e="",i!=null&&(e=i.replace(Vs,"$&/")+"/"),su(a,l,e,
"",function(r){return r})):a!=null&&(Nc(a)&&(a=tv(a,e+(a.key==null||t&&t.key===a.key?"":(""+a.key).replace(Vs,"$&/")+"/")+
i)),l.push(a)),1;i=0;var c=u===""?".":u+":";if(Qs(t))for(var f=0;f<t.length;f++)u=t[f],n=c+Tc(u,f),i+=su(u,l,e,n,a);else if(f=
P1(t),typeof f=="function")for(t=f.call(t),f=0;!(u=t.next()).done;)u=u.value,n=c+Tc(u,f++),i+=su(u,l,e,n,a);else if(n===
"object"){if(typeof t.then=="function")return su(ev(t),l,e,u,a);throw l=String(t),Error("Objects are not valid as a Reac\
t child (found: "+(l==="[object Object]"?"object with keys {"+Object.keys(t).join(", ")+"}":l)+"). If you meant to rende\
r a collection of children, use an array instead.")}return i}function bn(t,l,e){if(t==null)return t;var u=[],a=0;return su(
t,u,"","",function(n){return l.call(e,n,a++)}),u}function uv(t){if(t._status===-1){var l=t._result,e=l();e.then(function(u){
(t._status===0||t._status===-1)&&(t._status=1,t._result=u,e.status===void 0&&(e.status="fulfilled",e.value=u))},function(u){
(t._status===0||t._status===-1)&&(t._status=2,t._result=u,e.status===void 0&&(e.status="rejected",e.reason=u))}),t._status===
-1&&(t._status=0,t._result=e)}if(t._status===1)return t._result.default;throw t._result}var Zs=typeof reportError=="func\
tion"?reportError:function(t){if(typeof window=="object"&&typeof window.ErrorEvent=="function"){var l=new window.ErrorEvent(
"error",{bubbles:!0,cancelable:!0,message:typeof t=="object"&&t!==null&&typeof t.message=="string"?String(t.message):String(
t),error:t});if(!window.dispatchEvent(l))return}else if(typeof process=="object"&&typeof process.emit=="function"){process.
emit("uncaughtException",t);return}console.error(t)};function Fs(t){var l=L.T,e={};e.types=l!==null?l.types:null,L.T=e;try{
var u=t(),a=L.S;a!==null&&a(e,u),typeof u=="object"&&u!==null&&typeof u.then=="function"&&u.then(Ec,Zs)}catch(n){Zs(n)}finally{
l!==null&&e.types!==null&&(l.types=e.types),L.T=l}}function Is(t){var l=L.T;if(l!==null){var e=l.types;e===null?l.types=
[t]:e.indexOf(t)===-1&&e.push(t)}else Fs(Is.bind(null,t))}var av={map:bn,forEach:function(t,l,e){bn(t,function(){l.apply(
this,arguments)},e)},count:function(t){var l=0;return bn(t,function(){l++}),l},toArray:function(t){return bn(t,function(l){
return l})||[]},only:function(t){if(!Nc(t))throw Error("React.Children.only expected to receive a single React element c\
hild.");return t}};N.Activity=F1;N.Children=av;N.Component=ru;N.Fragment=V1;N.Profiler=L1;N.PureComponent=Oc;N.StrictMode=
Z1;N.Suspense=k1;N.ViewTransition=I1;N.__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE=L;N.__COMPILER_RUNTIME=
{__proto__:null,c:function(t){return L.H.useMemoCache(t)}};N.addTransitionType=Is;N.cache=function(t){return function(){
return t.apply(null,arguments)}};N.cacheSignal=function(){return null};N.cloneElement=function(t,l,e){if(t==null)throw Error(
"The argument must be a React element, but you passed "+t+".");var u=Js({},t.props),a=t.key;if(l!=null)for(n in l.key!==
void 0&&(a=""+l.key),l)!Ws.call(l,n)||n==="key"||n==="__self"||n==="__source"||n==="ref"&&l.ref===void 0||(u[n]=l[n]);var n=arguments.
length-2;if(n===1)u.children=e;else if(1<n){for(var i=Array(n),c=0;c<n;c++)i[c]=arguments[c+2];u.children=i}return _c(t.
type,a,u)};N.createContext=function(t){return t={$$typeof:J1,_currentValue:t,_currentValue2:t,_threadCount:0,Provider:null,
Consumer:null},t.Provider=t,t.Consumer={$$typeof:K1,_context:t},t};N.createElement=function(t,l,e){var u,a={},n=null;if(l!=
null)for(u in l.key!==void 0&&(n=""+l.key),l)Ws.call(l,u)&&u!=="key"&&u!=="__self"&&u!=="__source"&&(a[u]=l[u]);var i=arguments.
length-2;if(i===1)a.children=e;else if(1<i){for(var c=Array(i),f=0;f<i;f++)c[f]=arguments[f+2];a.children=c}if(t&&t.defaultProps)
for(u in i=t.defaultProps,i)a[u]===void 0&&(a[u]=i[u]);return _c(t,n,a)};N.createRef=function(){return{current:null}};N.
forwardRef=function(t){return{$$typeof:$1,render:t}};N.isValidElement=Nc;N.lazy=function(t){return{$$typeof:Ls,_payload:{
_status:-1,_result:t},_init:uv}};N.memo=function(t,l){return{$$typeof:W1,type:t,compare:l===void 0?null:l}};N.startTransition=
Fs;N.unstable_useCacheRefresh=function(){return L.H.useCacheRefresh()};N.use=function(t){return L.H.use(t)};N.useActionState=
function(t,l,e){return L.H.useActionState(t,l,e)};N.useCallback=function(t,l){return L.H.useCallback(t,l)};N.useContext=
function(t){return L.H.useContext(t)};N.useDebugValue=function(){};N.useDeferredValue=function(t,l){return L.H.useDeferredValue(
t,l)};N.useEffect=function(t,l){return L.H.useEffect(t,l)};N.useEffectEvent=function(t){return L.H.useEffectEvent(t)};N.
useId=function(){return L.H.useId()};N.useImperativeHandle=function(t,l,e){return L.H.useImperativeHandle(t,l,e)};N.useInsertionEffect=
function(t,l){return L.H.useInsertionEffect(t,l)};N.useLayoutEffect=function(t,l){return L.H.useLayoutEffect(t,l)};N.useMemo=
function(t,l){return L.H.useMemo(t,l)};N.useOptimistic=function(t,l){return L.H.useOptimistic(t,l)};N.useReducer=function(t,l,e){
return L.H.useReducer(t,l,e)};N.useRef=function(t){return L.H.useRef(t)};N.useState=function(t){return L.H.useState(t)};
N.useSyncExternalStore=function(t,l,e){return L.H.useSyncExternalStore(t,l,e)};N.useTransition=function(){return L.H.useTransition()};
N.version="19.3.1"});var De=yl((m2,t0)=>{"use strict";t0.exports=Ps()});var u0=yl(zt=>{"use strict";var nv=De();function e0(t){var l="https://react.dev/errors/"+t;if(1<arguments.length){l+="?a\
rgs[]="+encodeURIComponent(arguments[1]);for(var e=2;e<arguments.length;e++)l+="&args[]="+encodeURIComponent(arguments[e])}
return"Minified React error #"+t+"; visit "+l+" for the full message or use the non-minified dev environment for full er\
rors and additional helpful warnings."}function Il(){}var Nt={d:{f:Il,r:function(){throw Error(e0(522))},D:Il,C:Il,L:Il,
m:Il,X:Il,S:Il,M:Il},p:0,findDOMNode:null},iv=Symbol.for("react.portal"),cv=Symbol.for("react.recoverable"),l0=Symbol.for(
"react.optimistic_key");function fv(t,l,e){var u=3<arguments.length&&arguments[3]!==void 0?arguments[3]:null;return{$$typeof:iv,
key:u==null?null:u===l0?l0:""+u,children:t,containerInfo:l,implementation:e}}var ma=nv.__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE;
function Tn(t,l){if(t==="font")return"";if(typeof l=="string")return l==="use-credentials"?l:""}zt.__DOM_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE=
Nt;zt.browser=function(t){return{$$typeof:cv,_reason:t}};zt.createPortal=function(t,l){var e=2<arguments.length&&arguments[2]!==
void 0?arguments[2]:null;if(!l||l.nodeType!==1&&l.nodeType!==9&&l.nodeType!==11)throw Error(e0(299));return fv(t,l,null,
e)};zt.flushSync=function(t){var l=ma.T,e=Nt.p;try{if(ma.T=null,Nt.p=2,t)return t()}finally{ma.T=l,Nt.p=e,Nt.d.f()}};zt.
preconnect=function(t,l){typeof t=="string"&&(l?(l=l.crossOrigin,l=typeof l=="string"?l==="use-credentials"?l:"":void 0):
l=null,Nt.d.C(t,l))};zt.prefetchDNS=function(t){typeof t=="string"&&Nt.d.D(t)};zt.preinit=function(t,l){if(typeof t=="st\
ring"&&l&&typeof l.as=="string"){var e=l.as,u=Tn(e,l.crossOrigin),a=typeof l.integrity=="string"?l.integrity:void 0,n=typeof l.
fetchPriority=="string"?l.fetchPriority:void 0;e==="style"?Nt.d.S(t,typeof l.precedence=="string"?l.precedence:void 0,{crossOrigin:u,
integrity:a,fetchPriority:n}):e==="script"&&Nt.d.X(t,{crossOrigin:u,integrity:a,fetchPriority:n,nonce:typeof l.nonce=="s\
tring"?l.nonce:void 0})}};zt.preinitModule=function(t,l){if(typeof t=="string")if(typeof l=="object"&&l!==null){if(l.as==
null||l.as==="script"){var e=Tn(l.as,l.crossOrigin);Nt.d.M(t,{crossOrigin:e,integrity:typeof l.integrity=="string"?l.integrity:
void 0,nonce:typeof l.nonce=="string"?l.nonce:void 0,fetchPriority:typeof l.fetchPriority=="string"?l.fetchPriority:void 0})}}else
l==null&&Nt.d.M(t)};zt.preload=function(t,l){if(typeof t=="string"&&typeof l=="object"&&l!==null&&typeof l.as=="string"){
var e=l.as,u=Tn(e,l.crossOrigin);Nt.d.L(t,e,{crossOrigin:u,integrity:typeof l.integrity=="string"?l.integrity:void 0,nonce:typeof l.
nonce=="string"?l.nonce:void 0,type:typeof l.type=="string"?l.type:void 0,fetchPriority:typeof l.fetchPriority=="string"?
l.fetchPriority:void 0,referrerPolicy:typeof l.referrerPolicy=="string"?l.referrerPolicy:void 0,imageSrcSet:typeof l.imageSrcSet==
"string"?l.imageSrcSet:void 0,imageSizes:typeof l.imageSizes=="string"?l.imageSizes:void 0,media:typeof l.media=="string"?
l.media:void 0})}};zt.preloadModule=function(t,l){if(typeof t=="string")if(l){var e=Tn(l.as,l.crossOrigin);Nt.d.m(t,{as:typeof l.
as=="string"&&l.as!=="script"?l.as:void 0,crossOrigin:e,integrity:typeof l.integrity=="string"?l.integrity:void 0,nonce:typeof l.
nonce=="string"?l.nonce:void 0,fetchPriority:typeof l.fetchPriority=="string"?l.fetchPriority:void 0})}else Nt.d.m(t)};zt.
requestFormReset=function(t){Nt.d.r(t)};zt.unstable_batchedUpdates=function(t,l){return t(l)};zt.useFormState=function(t,l,e){
return ma.H.useFormState(t,l,e)};zt.useFormStatus=function(){return ma.H.useHostTransitionStatus()};zt.version="19.3.1"});var i0=yl((v2,n0)=>{"use strict";function a0(){if(!(typeof __REACT_DEVTOOLS_GLOBAL_HOOK__>"u"||typeof __REACT_DEVTOOLS_GLOBAL_HOOK__.
checkDCE!="function"))try{__REACT_DEVTOOLS_GLOBAL_HOOK__.checkDCE(a0)}catch(t){console.error(t)}}a0(),n0.exports=u0()});var Kh=yl(lc=>{"use strict";var ot=js(),Lr=De(),ov=i0();function S(t){var l="https://react.dev/errors/"+t;if(1<arguments.
length){l+="?args[]="+encodeURIComponent(arguments[1]);for(var e=2;e<arguments.length;e++)l+="&args[]="+encodeURIComponent(
arguments[e])}return"Minified React error #"+t+"; visit "+l+" for the full message or use the non-minified dev environme\
nt for full errors and additional helpful warnings."}function Kr(t){return!(!t||t.nodeType!==1&&t.nodeType!==9&&t.nodeType!==
11)}function tn(t){for(var l=t,e=l;e&&!e.alternate;)l=e,(l.flags&4098)!==0&&(t=l.return),e=l.return;for(;l.return;)l=l.return;
return l.tag===3?t:null}function Jr(t){if(t.tag===13){var l=t.memoizedState;if(l===null&&(t=t.alternate,t!==null&&(l=t.memoizedState)),
l!==null)return l.dehydrated}return null}function $r(t){if(t.tag===31){var l=t.memoizedState;if(l===null&&(t=t.alternate,
t!==null&&(l=t.memoizedState)),l!==null)return l.dehydrated}return null}function c0(t){if(tn(t)!==t)throw Error(S(188))}
function sv(t){var l=t.alternate;if(!l){if(l=tn(t),l===null)throw Error(S(188));return l!==t?null:t}for(var e=t,u=l;;){var a=e.
return;if(a===null)break;var n=a.alternate;if(n===null){if(u=a.return,u!==null){e=u;continue}break}if(a.child===n.child){
for(n=a.child;n;){if(n===e)return c0(a),t;if(n===u)return c0(a),l;n=n.sibling}throw Error(S(188))}if(e.return!==u.return)
e=a,u=n;else{for(var i=!1,c=a.child;c;){if(c===e){i=!0,e=a,u=n;break}if(c===u){i=!0,u=a,e=n;break}c=c.sibling}if(!i){for(c=
n.child;c;){if(c===e){i=!0,e=n,u=a;break}if(c===u){i=!0,u=n,e=a;break}c=c.sibling}if(!i)throw Error(S(189))}}if(e.alternate!==
u)throw Error(S(190))}if(e.tag!==3)throw Error(S(188));return e.stateNode.current===e?t:l}function kr(t){var l=t.tag;if(l===
5||l===26||l===27||l===6)return t;for(t=t.child;t!==null;){if(l=kr(t),l!==null)return l;t=t.sibling}return null}function Yt(t,l,e,u,a,n){
for(;t!==null;){if((t.tag===5||t.tag===27||t.tag===6)&&e(t,u,a,n)||(t.tag!==22||t.memoizedState===null)&&(l||t.tag!==5&&
t.tag!==27)&&Yt(t.child,l,e,u,a,n))return!0;t=t.sibling}return!1}function We(t){for(t=t.return;t!==null;){if(t.tag===3||
t.tag===5||t.tag===27)return t;t=t.return}return null}function f0(t){var l=!1;for(t=t.return;t!==null&&(t.tag===4&&(l=!0),
!(t.tag===3||t.tag===5||t.tag===27));)t=t.return;return l}function Wr(t){var l=[null,null],e=We(t);return e===null||Fr(l,
t,e.child,{foundSelf:!1}),l}function Fr(t,l,e,u){for(;e!==null;){if(e===l)u.foundSelf=!0;else if(e.tag===5||e.tag===27||
e.tag===6){if(u.foundSelf)return t[1]=e,!0;t[0]=e}else if((e.tag!==22||e.memoizedState===null)&&Fr(t,l,e.child,u))return!0;
e=e.sibling}return!1}function ft(t){switch(t.tag){case 5:case 27:case 6:return t.stateNode;case 3:return t.stateNode.containerInfo;default:
throw Error(S(559))}}var Su=null,af=null;function rv(t,l,e){return t===e?!0:t===l?(Su=t,!0):!1}function dv(t,l,e){return t===
e?(af=t,!1):t===l?(af!==null&&(Su=t),!0):!1}function o0(t){if(t===null)return null;do t=t===null?null:t.return;while(t&&
t.tag!==5&&t.tag!==27&&t.tag!==3);return t||null}function nf(t,l,e){for(var u=0,a=t;a;a=e(a))u++;a=0;for(var n=l;n;n=e(n))
a++;for(;0<u-a;)t=e(t),u--;for(;0<a-u;)l=e(l),a--;for(;u--;){if(t===l||l!==null&&t===l.alternate)return t;t=e(t),l=e(l)}
return null}var Z=Object.assign,mv=Symbol.for("react.element"),En=Symbol.for("react.transitional.element"),Ta=Symbol.for(
"react.portal"),bu=Symbol.for("react.fragment"),Ir=Symbol.for("react.strict_mode"),cf=Symbol.for("react.profiler"),Pr=Symbol.
for("react.consumer"),Ol=Symbol.for("react.context"),go=Symbol.for("react.forward_ref"),ff=Symbol.for("react.suspense"),
of=Symbol.for("react.suspense_list"),So=Symbol.for("react.memo"),ee=Symbol.for("react.lazy"),sf=Symbol.for("react.activi\
ty"),hv=Symbol.for("react.legacy_hidden"),vv=Symbol.for("react.memo_cache_sentinel"),rf=Symbol.for("react.view_transitio\
n"),yv=Symbol.for("react.recoverable"),s0=Symbol.iterator;function ha(t){return t===null||typeof t!="object"?null:(t=s0&&
t[s0]||t["@@iterator"],typeof t=="function"?t:null)}var gv=Symbol.for("react.client.reference");function df(t){if(t==null)
return null;if(typeof t=="function")return t.$$typeof===gv?null:t.displayName||t.name||null;if(typeof t=="string")return t;
switch(t){case bu:return"Fragment";case cf:return"Profiler";case Ir:return"StrictMode";case ff:return"Suspense";case of:
return"SuspenseList";case sf:return"Activity";case rf:return"ViewTransition"}if(typeof t=="object")switch(t.$$typeof){case Ta:
return"Portal";case Ol:return t.displayName||"Context";case Pr:return(t._context.displayName||"Context")+".Consumer";case go:
var l=t.render;return t=t.displayName,t||(t=l.displayName||l.name||"",t=t!==""?"ForwardRef("+t+")":"ForwardRef"),t;case So:
return l=t.displayName||null,l!==null?l:df(t.type)||"Memo";case ee:l=t._payload,t=t._init;try{return df(t(l))}catch{}}return null}
var Ea=Array.isArray,_=Lr.__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE,B=ov.__DOM_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE,
Be={pending:!1,data:null,method:null,action:null},mf=[],Tu=-1;function Cl(t){return{current:t}}function gt(t){0>Tu||(t.current=
mf[Tu],mf[Tu]=null,Tu--)}function $(t,l){Tu++,mf[Tu]=t.current,t.current=l}var Al=Cl(null),wa=Cl(null),re=Cl(null),ci=Cl(
null);function fi(t,l){switch($(re,l),$(wa,t),$(Al,null),l.nodeType){case 9:case 11:t=(t=l.documentElement)&&(t=t.namespaceURI)?
pr(t):0;break;default:if(t=l.tagName,l=l.namespaceURI)l=pr(l),t=Eh(l,t);else switch(t){case"svg":t=1;break;case"math":t=
2;break;default:t=0}}gt(Al),$(Al,t)}function ju(){gt(Al),gt(wa),gt(re)}function hf(t){var l=t.memoizedState;l!==null&&(Wu.
_currentValue=l.memoizedState,$(ci,t)),l=Al.current;var e=Eh(l,t.type);l!==e&&($(wa,t),$(Al,e))}function oi(t){wa.current===
t&&(gt(Al),gt(wa)),ci.current===t&&(gt(ci),Wu._currentValue=Be)}var Ac,r0;function te(t){if(Ac===void 0)try{throw Error()}catch(e){
var l=e.stack.trim().match(/\n( *(at )?)/);Ac=l&&l[1]||"",r0=-1<e.stack.indexOf(`
    at`)?" (<anonymous>)":-1<e.stack.indexOf("@")?"@unknown:0:0":""}return`
`+Ac+t+r0}var Mc=!1;function Dc(t,l){if(!t||Mc)return"";Mc=!0;var e=Error.prepareStackTrace;Error.prepareStackTrace=void 0;
try{var u={DetermineComponentFrameRoot:function(){try{if(l){var y=function(){throw Error()};if(Object.defineProperty(y.prototype,
"props",{set:function(){throw Error()}}),typeof Reflect=="object"&&Reflect.construct){try{Reflect.construct(y,[])}catch(b){
var s=b}Reflect.construct(t,[],y)}else{try{y.call()}catch(b){s=b}y=!1;try{var h=Object.getOwnPropertyDescriptor(t.prototype,
"props");Object.defineProperty(t.prototype,"props",{configurable:!0,set:function(){throw Error()}}),y=!0,new t}finally{y&&
(h!==void 0?Object.defineProperty(t.prototype,"props",h):delete t.prototype.props)}}}else{try{throw Error()}catch(b){s=b}
(y=t())&&typeof y.catch=="function"&&y.catch(function(){})}}catch(b){if(b&&s&&typeof b.stack=="string")return[b.stack,s.
stack]}return[null,null]}};u.DetermineComponentFrameRoot.displayName="DetermineComponentFrameRoot";var a=Object.getOwnPropertyDescriptor(
u.DetermineComponentFrameRoot,"name");a&&a.configurable&&Object.defineProperty(u.DetermineComponentFrameRoot,"name",{value:"\
DetermineComponentFrameRoot"});var n=u.DetermineComponentFrameRoot(),i=n[0],c=n[1];if(i&&c){var f=i.split(`
`),r=c.split(`
`);for(a=u=0;u<f.length&&!f[u].includes("DetermineComponentFrameRoot");)u++;for(;a<r.length&&!r[a].includes("DetermineCo\
mponentFrameRoot");)a++;if(u===f.length||a===r.length)for(u=f.length-1,a=r.length-1;1<=u&&0<=a&&f[u]!==r[a];)a--;for(;1<=
u&&0<=a;u--,a--)if(f[u]!==r[a]){if(u!==1||a!==1)do if(u--,a--,0>a||f[u]!==r[a]){var v=`
`+f[u].replace(" at new "," at ");return t.displayName&&v.includes("<anonymous>")&&(v=v.replace("<anonymous>",t.displayName)),
v}while(1<=u&&0<=a);break}}}finally{Mc=!1,Error.prepareStackTrace=e}return(e=t?t.displayName||t.name:"")?te(e):""}function Sv(t,l){
switch(t.tag){case 26:case 27:case 5:return te(t.type);case 16:return te("Lazy");case 13:return t.child!==l&&l!==null?te(
"Suspense Fallback"):te("Suspense");case 19:return te("SuspenseList");case 0:case 15:return Dc(t.type,!1);case 11:return Dc(
t.type.render,!1);case 1:return Dc(t.type,!0);case 31:return te("Activity");case 30:return te("ViewTransition");default:
return""}}function d0(t){try{var l="",e=null;do l+=Sv(t,e),e=t,t=t.return;while(t);return l}catch(u){return`
Error generating stack: `+u.message+`
`+u.stack}}var vf=Object.prototype.hasOwnProperty,bo=ot.unstable_scheduleCallback,Cc=ot.unstable_cancelCallback,bv=ot.unstable_shouldYield,
Tv=ot.unstable_requestPaint,Zt=ot.unstable_now,Ev=ot.unstable_getCurrentPriorityLevel,td=ot.unstable_ImmediatePriority,ld=ot.
unstable_UserBlockingPriority,si=ot.unstable_NormalPriority,zv=ot.unstable_LowPriority,ed=ot.unstable_IdlePriority,Ov=ot.
log,pv=ot.unstable_setDisableYieldValue,ln=null,Lt=null;function ne(t){if(typeof Ov=="function"&&pv(t),Lt&&typeof Lt.setStrictMode==
"function")try{Lt.setStrictMode(ln,t)}catch{}}var Kt=Math.clz32?Math.clz32:Av,_v=Math.log,Nv=Math.LN2;function Av(t){return t>>>=
0,t===0?32:31-(_v(t)/Nv|0)|0}var zn=256,On=262144,pn=4194304;function He(t){var l=t&42;if(l!==0)return l;switch(t&-t){case 1:
return 1;case 2:return 2;case 4:return 4;case 8:return 8;case 16:return 16;case 32:return 32;case 64:return 64;case 128:
return 128;case 256:case 512:case 1024:case 2048:case 4096:case 8192:case 16384:case 32768:case 65536:case 131072:return t&
-t;case 262144:case 524288:case 1048576:case 2097152:return t&3932160;case 4194304:case 8388608:case 16777216:case 33554432:
return t&62914560;case 67108864:return 67108864;case 134217728:return 134217728;case 268435456:return 268435456;case 536870912:
return 536870912;case 1073741824:return 0;default:return t}}function Yi(t,l,e){var u=t.pendingLanes;if(u===0)return 0;var a=0,
n=t.suspendedLanes,i=t.pingedLanes;t=t.warmLanes;var c=u&134217727;return c!==0?(u=c&~n,u!==0?a=He(u):(i&=c,i!==0?a=He(i):
e||(e=c&~t,e!==0&&(a=He(e))))):(c=u&~n,c!==0?a=He(c):i!==0?a=He(i):e||(e=u&~t,e!==0&&(a=He(e)))),a===0?0:l!==0&&l!==a&&(l&
n)===0&&(n=a&-a,e=l&-l,n>=e||n===32&&(e&4194048)!==0)?l:a}function en(t,l){return(t.pendingLanes&~(t.suspendedLanes&~t.pingedLanes)&
l)===0}function ud(t,l){(l&8)!==0&&(l|=l&32);var e=t.entangledLanes;if(e!==0)for(t=t.entanglements,e&=l;0<e;){var u=31-Kt(
e),a=1<<u;l|=t[u],e&=~a}return l}function Mv(t,l){switch(t){case 1:case 2:case 4:case 8:case 64:return l+250;case 16:case 32:case 128:case 256:case 512:case 1024:case 2048:case 4096:case 8192:case 16384:case 32768:case 65536:case 131072:case 262144:case 524288:case 1048576:case 2097152:
return l+5e3;case 4194304:case 8388608:case 16777216:case 33554432:return-1;case 67108864:case 134217728:case 268435456:case 536870912:case 1073741824:
return-1;default:return-1}}function ad(){var t=pn;return pn<<=1,(pn&62914560)===0&&(pn=4194304),t}function Uc(t){for(var l=[],
e=0;31>e;e++)l.push(t);return l}function un(t,l){t.pendingLanes|=l,l!==268435456&&(t.suspendedLanes=0,t.pingedLanes=0,t.
warmLanes=0)}function Dv(t,l,e,u,a,n){var i=t.pendingLanes;t.pendingLanes=e,t.suspendedLanes=0,t.pingedLanes=0,t.warmLanes=
0,t.expiredLanes&=e,t.entangledLanes&=e,t.errorRecoveryDisabledLanes&=e,t.shellSuspendCounter=0;var c=t.entanglements,f=t.
expirationTimes,r=t.hiddenUpdates;for(e=i&~e;0<e;){var v=31-Kt(e),y=1<<v;c[v]=0,f[v]=-1;var s=r[v];if(s!==null)for(r[v]=
null,v=0;v<s.length;v++){var h=s[v];h!==null&&(h.lane&=-536870913)}e&=~y}u!==0&&nd(t,u,0),n!==0&&a===0&&t.tag!==0&&(t.suspendedLanes|=
n&~(i&~l))}function nd(t,l,e){t.pendingLanes|=l,t.suspendedLanes&=~l;var u=31-Kt(l);t.entangledLanes|=l,t.entanglements[u]=
t.entanglements[u]|1073741824|e&261930}function id(t,l){var e=t.entangledLanes|=l;for(t=t.entanglements;e;){var u=31-Kt(
e),a=1<<u;a&l|t[u]&l&&(t[u]|=l),e&=~a}}function cd(t,l){var e=l&-l;return e=(e&42)!==0?1:To(e),(e&(t.suspendedLanes|l))!==
0?0:e}function To(t){switch(t){case 2:t=1;break;case 8:t=4;break;case 32:t=16;break;case 256:case 512:case 1024:case 2048:case 4096:case 8192:case 16384:case 32768:case 65536:case 131072:case 262144:case 524288:case 1048576:case 2097152:case 4194304:case 8388608:case 16777216:case 33554432:
t=128;break;case 268435456:t=134217728;break;default:t=0}return t}function Eo(t){return t&=-t,2<t?8<t?(t&134217727)!==0?
32:268435456:8:2}function fd(){var t=B.p;return t!==0?t:(t=window.event,t===void 0?32:Vh(t.type))}function m0(t,l){var e=B.
p;try{return B.p=t,l()}finally{B.p=e}}var Ll=Math.random().toString(36).slice(2),vt="__reactFiber$"+Ll,Bt="__reactProps$"+
Ll,Pu="__reactContainer$"+Ll,h0="__reactEvents$"+Ll,Cv="__reactListeners$"+Ll,Uv="__reactHandles$"+Ll,v0="__reactResourc\
es$"+Ll,an="__reactMarker$"+Ll,ri="__reactLoad$"+Ll;function Bi(t){delete t[vt],delete t[Bt],delete t[Cv],delete t[Uv]}function qe(t){
var l;if(l=t[vt])return l;for(var e=t.parentNode;e;){if(l=e[Pu]||e[vt]){if(e=l.alternate,l.child!==null||e!==null&&e.child!==
null)for(t=Hr(t);t!==null;){if(e=t[vt])return e;t=Hr(t)}return l}t=e,e=t.parentNode}return null}function ta(t){if(t=t[vt]||
t[Pu]){var l=t.tag;if(l===5||l===6||l===13||l===31||l===26||l===27||l===3)return t}return null}function za(t){var l=t.tag;
if(l===5||l===26||l===27||l===6)return t.stateNode;throw Error(S(33))}function Cu(t){var l=t[v0];return l||(l=t[v0]={hoistableStyles:new Map,
hoistableScripts:new Map}),l}function dt(t){t[an]=!0}function od(t){t[ri]=void 0}var sd=new Set,rd={};function Fe(t,l){Xu(
t,l),Xu(t+"Capture",l)}function Xu(t,l){for(rd[t]=l,t=0;t<l.length;t++)sd.add(l[t])}var Hv=RegExp("^[:A-Z_a-z\\u00C0-\\u00\
D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\\
uFDF0-\\uFFFD][:A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\
\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040]*$"),y0={},g0={};function Rv(t){
return vf.call(g0,t)?!0:vf.call(y0,t)?!1:Hv.test(t)?g0[t]=!0:(y0[t]=!0,!1)}var x=!1;function S0(){var t=x;return x=!1,t}
function Qn(t,l,e){if(Rv(l))if(e===null)t.removeAttribute(l);else{switch(typeof e){case"undefined":case"function":case"s\
ymbol":t.removeAttribute(l);return;case"boolean":var u=l.toLowerCase().slice(0,5);if(u!=="data-"&&u!=="aria-"){t.removeAttribute(
l);return}}t.setAttribute(l,e)}}function _n(t,l,e){if(e===null)t.removeAttribute(l);else{switch(typeof e){case"undefined":case"\
function":case"symbol":case"boolean":t.removeAttribute(l);return}t.setAttribute(l,e)}}function Rl(t,l,e,u){if(u===null)t.
removeAttribute(e);else{switch(typeof u){case"undefined":case"function":case"symbol":case"boolean":t.removeAttribute(e);
return}t.setAttributeNS(l,e,u)}}function jt(t){switch(typeof t){case"bigint":case"boolean":case"number":case"string":case"\
undefined":return t;case"object":return t;default:return""}}function dd(t){var l=t.type;return(t=t.nodeName)&&t.toLowerCase()===
"input"&&(l==="checkbox"||l==="radio")}function xv(t,l,e){var u=Object.getOwnPropertyDescriptor(t.constructor.prototype,
l);if(!t.hasOwnProperty(l)&&typeof u<"u"&&typeof u.get=="function"&&typeof u.set=="function"){var a=u.get,n=u.set;return Object.
defineProperty(t,l,{configurable:!0,get:function(){return a.call(this)},set:function(i){e=""+i,n.call(this,i)}}),Object.
defineProperty(t,l,{enumerable:u.enumerable}),{getValue:function(){return e},setValue:function(i){e=""+i},stopTracking:function(){
t._valueTracker=null,delete t[l]}}}}function yf(t){if(!t._valueTracker){var l=dd(t)?"checked":"value";t._valueTracker=xv(
t,l,""+t[l])}}function md(t){if(!t)return!1;var l=t._valueTracker;if(!l)return!0;var e=l.getValue(),u="";return t&&(u=dd(
t)?t.checked?"true":"false":t.value),t=u,t!==e?(l.setValue(t),!0):!1}var qv=/[\n"\\]/g;function el(t){return t.replace(qv,
function(l){return"\\"+l.charCodeAt(0).toString(16)+" "})}function gf(t,l,e,u,a,n,i,c){t.name="",i!=null&&typeof i!="fun\
ction"&&typeof i!="symbol"&&typeof i!="boolean"?t.type=i:t.removeAttribute("type"),l!=null?i==="number"?(l===0&&t.value===
""||t.value!=l)&&(t.value=""+jt(l)):t.value!==""+jt(l)&&(t.value=""+jt(l)):i!=="submit"&&i!=="reset"||t.removeAttribute(
"value"),l!=null?i==="number"&&t.value==l?Hc(t,jt(t.value)):Hc(t,jt(l)):e!=null?Hc(t,jt(e)):u!=null&&t.removeAttribute("\
value"),a==null&&n!=null&&(t.defaultChecked=!!n),a!=null&&(t.checked=a&&typeof a!="function"&&typeof a!="symbol"),c!=null&&
typeof c!="function"&&typeof c!="symbol"&&typeof c!="boolean"?t.name=""+jt(c):t.removeAttribute("name")}function hd(t,l,e,u,a,n,i,c){
if(n!=null&&typeof n!="function"&&typeof n!="symbol"&&typeof n!="boolean"&&(t.type=n),l!=null||e!=null){if(!(n!=="submit"&&
n!=="reset"||l!=null)){yf(t);return}e=e!=null?""+jt(e):"",l=l!=null?""+jt(l):e,c||l===t.value||(t.value=l),t.defaultValue=
l}u=u??a,u=typeof u!="function"&&typeof u!="symbol"&&!!u,t.checked=c?t.checked:!!u,t.defaultChecked=!!u,i!=null&&typeof i!=
"function"&&typeof i!="symbol"&&typeof i!="boolean"&&(t.name=i),yf(t)}function Hc(t,l){t.defaultValue!==""+l&&(t.defaultValue=
""+l)}function Uu(t,l,e,u){if(t=t.options,l){l={};for(var a=0;a<e.length;a++)l["$"+e[a]]=!0;for(e=0;e<t.length;e++)a=l.hasOwnProperty(
"$"+t[e].value),t[e].selected!==a&&(t[e].selected=a),a&&u&&(t[e].defaultSelected=!0)}else{for(e=""+jt(e),l=null,a=0;a<t.
length;a++){if(t[a].value===e){t[a].selected=!0,u&&(t[a].defaultSelected=!0);return}l!==null||t[a].disabled||(l=t[a])}l!==
null&&(l.selected=!0)}}function vd(t,l,e){if(l!=null&&(l=""+jt(l),l!==t.value&&(t.value=l),e==null)){t.defaultValue!==l&&
(t.defaultValue=l);return}t.defaultValue=e!=null?""+jt(e):""}function yd(t,l,e,u){if(l==null){if(u!=null){if(e!=null)throw Error(
S(92));if(Ea(u)){if(1<u.length)throw Error(S(93));u=u[0]}e=u}e==null&&(e=""),l=e}e=jt(l),t.defaultValue=e,u=t.textContent,
u===e&&u!==""&&u!==null&&(t.value=u),yf(t)}function Qu(t,l){if(l){var e=t.firstChild;if(e&&e===t.lastChild&&e.nodeType===
3){e.nodeValue=l;return}}t.textContent=l}var Yv=new Set("animationIterationCount aspectRatio borderImageOutset borderIma\
geSlice borderImageWidth boxFlex boxFlexGroup boxOrdinalGroup columnCount columns flex flexGrow flexPositive flexShrink \
flexNegative flexOrder gridArea gridRow gridRowEnd gridRowSpan gridRowStart gridColumn gridColumnEnd gridColumnSpan grid\
ColumnStart fontWeight lineClamp lineHeight opacity order orphans scale tabSize widows zIndex zoom fillOpacity floodOpac\
ity stopOpacity strokeDasharray strokeDashoffset strokeMiterlimit strokeOpacity strokeWidth MozAnimationIterationCount M\
ozBoxFlex MozBoxFlexGroup MozLineClamp msAnimationIterationCount msFlex msZoom msFlexGrow msFlexNegative msFlexOrder msF\
lexPositive msFlexShrink msGridColumn msGridColumnSpan msGridRow msGridRowSpan WebkitAnimationIterationCount WebkitBoxFl\
ex WebKitBoxFlexGroup WebkitBoxOrdinalGroup WebkitColumnCount WebkitColumns WebkitFlex WebkitFlexGrow WebkitFlexPositive\
 WebkitFlexShrink WebkitLineClamp".split(" "));function b0(t,l,e){var u=l.indexOf("--")===0;e==null||typeof e=="boolean"||
e===""?u?t.setProperty(l,""):l==="float"?t.cssFloat="":t[l]="":u?t.setProperty(l,e):typeof e!="number"||e===0||Yv.has(l)?
l==="float"?t.cssFloat=e:t[l]=(""+e).trim():t[l]=e+"px"}function gd(t,l,e){if(l!=null&&typeof l!="object")throw Error(S(
62));if(t=t.style,e!=null){for(var u in e)!e.hasOwnProperty(u)||l!=null&&l.hasOwnProperty(u)||(u.indexOf("--")===0?t.setProperty(
u,""):u==="float"?t.cssFloat="":t[u]="",x=!0);for(var a in l)u=l[a],l.hasOwnProperty(a)&&e[a]!==u&&(b0(t,a,u),x=!0)}else
for(var n in l)l.hasOwnProperty(n)&&b0(t,n,l[n])}function zo(t){if(t.indexOf("-")===-1)return!1;switch(t){case"annotatio\
n-xml":case"color-profile":case"font-face":case"font-face-src":case"font-face-uri":case"font-face-format":case"font-face\
-name":case"missing-glyph":return!1;default:return!0}}var Bv=new Map([["acceptCharset","accept-charset"],["htmlFor","for"],
["httpEquiv","http-equiv"],["crossOrigin","crossorigin"],["accentHeight","accent-height"],["alignmentBaseline","alignmen\
t-baseline"],["arabicForm","arabic-form"],["baselineShift","baseline-shift"],["capHeight","cap-height"],["clipPath","cli\
p-path"],["clipRule","clip-rule"],["colorInterpolation","color-interpolation"],["colorInterpolationFilters","color-inter\
polation-filters"],["colorProfile","color-profile"],["colorRendering","color-rendering"],["dominantBaseline","dominant-b\
aseline"],["enableBackground","enable-background"],["fillOpacity","fill-opacity"],["fillRule","fill-rule"],["floodColor",
"flood-color"],["floodOpacity","flood-opacity"],["fontFamily","font-family"],["fontSize","font-size"],["fontSizeAdjust",
"font-size-adjust"],["fontStretch","font-stretch"],["fontStyle","font-style"],["fontVariant","font-variant"],["fontWeigh\
t","font-weight"],["glyphName","glyph-name"],["glyphOrientationHorizontal","glyph-orientation-horizontal"],["glyphOrient\
ationVertical","glyph-orientation-vertical"],["horizAdvX","horiz-adv-x"],["horizOriginX","horiz-origin-x"],["imageRender\
ing","image-rendering"],["letterSpacing","letter-spacing"],["lightingColor","lighting-color"],["markerEnd","marker-end"],
["markerMid","marker-mid"],["markerStart","marker-start"],["maskType","mask-type"],["overlinePosition","overline-positio\
n"],["overlineThickness","overline-thickness"],["paintOrder","paint-order"],["panose-1","panose-1"],["pointerEvents","po\
inter-events"],["renderingIntent","rendering-intent"],["shapeRendering","shape-rendering"],["stopColor","stop-color"],["\
stopOpacity","stop-opacity"],["strikethroughPosition","strikethrough-position"],["strikethroughThickness","strikethrough\
-thickness"],["strokeDasharray","stroke-dasharray"],["strokeDashoffset","stroke-dashoffset"],["strokeLinecap","stroke-li\
necap"],["strokeLinejoin","stroke-linejoin"],["strokeMiterlimit","stroke-miterlimit"],["strokeOpacity","stroke-opacity"],
["strokeWidth","stroke-width"],["textAnchor","text-anchor"],["textDecoration","text-decoration"],["textRendering","text-\
rendering"],["transformOrigin","transform-origin"],["underlinePosition","underline-position"],["underlineThickness","und\
erline-thickness"],["unicodeBidi","unicode-bidi"],["unicodeRange","unicode-range"],["unitsPerEm","units-per-em"],["vAlph\
abetic","v-alphabetic"],["vHanging","v-hanging"],["vIdeographic","v-ideographic"],["vMathematical","v-mathematical"],["v\
ectorEffect","vector-effect"],["vertAdvY","vert-adv-y"],["vertOriginX","vert-origin-x"],["vertOriginY","vert-origin-y"],
["wordSpacing","word-spacing"],["writingMode","writing-mode"],["xmlnsXlink","xmlns:xlink"],["xHeight","x-height"]]),wv=/^[\u0000-\u001F ]*j[\r\n\t]*a[\r\n\t]*v[\r\n\t]*a[\r\n\t]*s[\r\n\t]*c[\r\n\t]*r[\r\n\t]*i[\r\n\t]*p[\r\n\t]*t[\r\n\t]*:/i;
function Vn(t){return wv.test(""+t)?"javascript:throw new Error('React has blocked a javascript: URL as a security preca\
ution.')":t}function pl(){}var Sf=null;function Oo(t){return t=t.target||t.srcElement||window,t.correspondingUseElement&&
(t=t.correspondingUseElement),t.nodeType===3?t.parentNode:t}var Eu=null,Hu=null;function T0(t){var l=ta(t);if(l&&(t=l.stateNode)){
var e=t[Bt]||null;t:switch(t=l.stateNode,l.type){case"input":if(gf(t,e.value,e.defaultValue,e.defaultValue,e.checked,e.defaultChecked,
e.type,e.name),l=e.name,e.type==="radio"&&l!=null){for(e=t;e.parentNode;)e=e.parentNode;for(e=e.querySelectorAll('input[\
name="'+el(""+l)+'"][type="radio"]'),l=0;l<e.length;l++){var u=e[l];if(u!==t&&u.form===t.form){var a=u[Bt]||null;if(!a)throw Error(
S(90));gf(u,a.value,a.defaultValue,a.defaultValue,a.checked,a.defaultChecked,a.type,a.name)}}for(l=0;l<e.length;l++)u=e[l],
u.form===t.form&&md(u)}break t;case"textarea":vd(t,e.value,e.defaultValue);break t;case"select":l=e.value,l!=null&&Uu(t,
!!e.multiple,l,!1)}}}var Rc=!1;function Sd(t,l,e){if(Rc)return t(l,e);Rc=!0;try{var u=t(l);return u}finally{if(Rc=!1,(Eu!==
null||Hu!==null)&&(Fi(),Eu&&(l=Eu,t=Hu,Hu=Eu=null,T0(l),t)))for(l=0;l<t.length;l++)T0(t[l])}}function Ga(t,l){var e=t.stateNode;
if(e===null)return null;var u=e[Bt]||null;if(u===null)return null;e=u[l];t:switch(l){case"onClick":case"onClickCapture":case"\
onDoubleClick":case"onDoubleClickCapture":case"onMouseDown":case"onMouseDownCapture":case"onMouseMove":case"onMouseMoveC\
apture":case"onMouseUp":case"onMouseUpCapture":case"onMouseEnter":(u=!u.disabled)||(t=t.type,u=!(t==="button"||t==="inpu\
t"||t==="select"||t==="textarea")),t=!u;break t;default:t=!1}if(t)return null;if(e&&typeof e!="function")throw Error(S(231,
l,typeof e));return e}var Gl=!(typeof window>"u"||typeof window.document>"u"||typeof window.document.createElement>"u"),
bf=!1;if(Gl)try{du={},Object.defineProperty(du,"passive",{get:function(){bf=!0}}),window.addEventListener("test",du,du),
window.removeEventListener("test",du,du)}catch{bf=!1}var du,ie=null,po=null,Zn=null;function bd(){if(Zn)return Zn;var t,
l=po,e=l.length,u,a="value"in ie?ie.value:ie.textContent,n=a.length;for(t=0;t<e&&l[t]===a[t];t++);var i=e-t;for(u=1;u<=i&&
l[e-u]===a[n-u];u++);return Zn=a.slice(t,1<u?1-u:void 0)}function Ln(t){var l=t.keyCode;return"charCode"in t?(t=t.charCode,
t===0&&l===13&&(t=13)):t=l,t===10&&(t=13),32<=t||t===13?t:0}function Nn(){return!0}function E0(){return!1}function Ct(t){
function l(e,u,a,n,i){this._reactName=e,this._targetInst=a,this.type=u,this.nativeEvent=n,this.target=i,this.currentTarget=
null;for(var c in t)t.hasOwnProperty(c)&&(e=t[c],this[c]=e?e(n):n[c]);return this.isDefaultPrevented=(n.defaultPrevented!=
null?n.defaultPrevented:n.returnValue===!1)?Nn:E0,this.isPropagationStopped=E0,this}return Z(l.prototype,{preventDefault:function(){
this.defaultPrevented=!0;var e=this.nativeEvent;e&&(e.preventDefault?e.preventDefault():typeof e.returnValue!="unknown"&&
(e.returnValue=!1),this.isDefaultPrevented=Nn)},stopPropagation:function(){var e=this.nativeEvent;e&&(e.stopPropagation?
e.stopPropagation():typeof e.cancelBubble!="unknown"&&(e.cancelBubble=!0),this.isPropagationStopped=Nn)},persist:function(){},
isPersistent:Nn}),l}var Ne={eventPhase:0,bubbles:0,cancelable:0,timeStamp:function(t){return t.timeStamp||Date.now()},defaultPrevented:0,
isTrusted:0},wi=Ct(Ne),nn=Z({},Ne,{view:0,detail:0}),Gv=Ct(nn),xc,qc,va,Gi=Z({},nn,{screenX:0,screenY:0,clientX:0,clientY:0,
pageX:0,pageY:0,ctrlKey:0,shiftKey:0,altKey:0,metaKey:0,getModifierState:_o,button:0,buttons:0,relatedTarget:function(t){
return t.relatedTarget===void 0?t.fromElement===t.srcElement?t.toElement:t.fromElement:t.relatedTarget},movementX:function(t){
return"movementX"in t?t.movementX:(t!==va&&(va&&t.type==="mousemove"?(xc=t.screenX-va.screenX,qc=t.screenY-va.screenY):qc=
xc=0,va=t),xc)},movementY:function(t){return"movementY"in t?t.movementY:qc}}),z0=Ct(Gi),jv=Z({},Gi,{dataTransfer:0}),Xv=Ct(
jv),Qv=Z({},nn,{relatedTarget:0}),Yc=Ct(Qv),Vv=Z({},Ne,{animationName:0,elapsedTime:0,pseudoElement:0}),Zv=Ct(Vv),Lv=Z({},
Ne,{clipboardData:function(t){return"clipboardData"in t?t.clipboardData:window.clipboardData}}),Kv=Ct(Lv),Jv=Z({},Ne,{data:0}),
O0=Ct(Jv),$v={Esc:"Escape",Spacebar:" ",Left:"ArrowLeft",Up:"ArrowUp",Right:"ArrowRight",Down:"ArrowDown",Del:"Delete",Win:"\
OS",Menu:"ContextMenu",Apps:"ContextMenu",Scroll:"ScrollLock",MozPrintableKey:"Unidentified"},kv={8:"Backspace",9:"Tab",
12:"Clear",13:"Enter",16:"Shift",17:"Control",18:"Alt",19:"Pause",20:"CapsLock",27:"Escape",32:" ",33:"PageUp",34:"PageD\
own",35:"End",36:"Home",37:"ArrowLeft",38:"ArrowUp",39:"ArrowRight",40:"ArrowDown",45:"Insert",46:"Delete",112:"F1",113:"\
F2",114:"F3",115:"F4",116:"F5",117:"F6",118:"F7",119:"F8",120:"F9",121:"F10",122:"F11",123:"F12",144:"NumLock",145:"Scro\
llLock",224:"Meta"},Wv={Alt:"altKey",Control:"ctrlKey",Meta:"metaKey",Shift:"shiftKey"};function Fv(t){var l=this.nativeEvent;
return l.getModifierState?l.getModifierState(t):(t=Wv[t])?!!l[t]:!1}function _o(){return Fv}var Iv=Z({},nn,{key:function(t){
if(t.key){var l=$v[t.key]||t.key;if(l!=="Unidentified")return l}return t.type==="keypress"?(t=Ln(t),t===13?"Enter":String.
fromCharCode(t)):t.type==="keydown"||t.type==="keyup"?kv[t.keyCode]||"Unidentified":""},code:0,location:0,ctrlKey:0,shiftKey:0,
altKey:0,metaKey:0,repeat:0,locale:0,getModifierState:_o,charCode:function(t){return t.type==="keypress"?Ln(t):0},keyCode:function(t){
return t.type==="keydown"||t.type==="keyup"?t.keyCode:0},which:function(t){return t.type==="keypress"?Ln(t):t.type==="ke\
ydown"||t.type==="keyup"?t.keyCode:0}}),Pv=Ct(Iv),ty=Z({},Gi,{pointerId:0,width:0,height:0,pressure:0,tangentialPressure:0,
tiltX:0,tiltY:0,twist:0,pointerType:0,isPrimary:0}),p0=Ct(ty),ly=Z({},Ne,{submitter:0}),ey=Ct(ly),uy=Z({},nn,{touches:0,
targetTouches:0,changedTouches:0,altKey:0,metaKey:0,ctrlKey:0,shiftKey:0,getModifierState:_o}),ay=Ct(uy),ny=Z({},Ne,{propertyName:0,
elapsedTime:0,pseudoElement:0}),iy=Ct(ny),cy=Z({},Gi,{deltaX:function(t){return"deltaX"in t?t.deltaX:"wheelDeltaX"in t?-t.
wheelDeltaX:0},deltaY:function(t){return"deltaY"in t?t.deltaY:"wheelDeltaY"in t?-t.wheelDeltaY:"wheelDelta"in t?-t.wheelDelta:
0},deltaZ:0,deltaMode:0}),fy=Ct(cy),oy=Z({},Ne,{newState:0,oldState:0,source:0}),sy=Ct(oy),ry=[9,13,27,32],No=Gl&&"Compo\
sitionEvent"in window,_a=null;Gl&&"documentMode"in document&&(_a=document.documentMode);var dy=Gl&&"TextEvent"in window&&
!_a,Td=Gl&&(!No||_a&&8<_a&&11>=_a),_0=" ",N0=!1;function Ed(t,l){switch(t){case"keyup":return ry.indexOf(l.keyCode)!==-1;case"\
keydown":return l.keyCode!==229;case"keypress":case"mousedown":case"focusout":return!0;default:return!1}}function zd(t){
return t=t.detail,typeof t=="object"&&"data"in t?t.data:null}var zu=!1;function my(t,l){switch(t){case"compositionend":return zd(
l);case"keypress":return l.which!==32?null:(N0=!0,_0);case"textInput":return t=l.data,t===_0&&N0?null:t;default:return null}}
function hy(t,l){if(zu)return t==="compositionend"||!No&&Ed(t,l)?(t=bd(),Zn=po=ie=null,zu=!1,t):null;switch(t){case"past\
e":return null;case"keypress":if(!(l.ctrlKey||l.altKey||l.metaKey)||l.ctrlKey&&l.altKey){if(l.char&&1<l.char.length)return l.
char;if(l.which)return String.fromCharCode(l.which)}return null;case"compositionend":return Td&&l.locale!=="ko"?null:l.data;default:
return null}}var vy={color:!0,date:!0,datetime:!0,"datetime-local":!0,email:!0,month:!0,number:!0,password:!0,range:!0,search:!0,
tel:!0,text:!0,time:!0,url:!0,week:!0};function A0(t){var l=t&&t.nodeName&&t.nodeName.toLowerCase();return l==="input"?!!vy[t.
type]:l==="textarea"}function Od(t,l,e,u){Eu?Hu?Hu.push(u):Hu=[u]:Eu=u,l=Ri(l,"onChange"),0<l.length&&(e=new wi("onChang\
e","change",null,e,u),t.push({event:e,listeners:l}))}var Na=null,ja=null;function yy(t){Sh(t,0)}function ji(t){var l=za(
t);if(md(l))return t}function M0(t,l){if(t==="change")return l}var pd=!1;Gl&&(Gl?(Mn="oninput"in document,Mn||(Bc=document.
createElement("div"),Bc.setAttribute("oninput","return;"),Mn=typeof Bc.oninput=="function"),An=Mn):An=!1,pd=An&&(!document.
documentMode||9<document.documentMode));var An,Mn,Bc;function D0(){Na&&(Na.detachEvent("onpropertychange",_d),ja=Na=null)}
function _d(t){if(t.propertyName==="value"&&ji(ja)){var l=[];Od(l,ja,t,Oo(t)),Sd(yy,l)}}function gy(t,l,e){t==="focusin"?
(D0(),Na=l,ja=e,Na.attachEvent("onpropertychange",_d)):t==="focusout"&&D0()}function Sy(t){if(t==="selectionchange"||t===
"keyup"||t==="keydown")return ji(ja)}function by(t,l){if(t==="click")return ji(l)}function Ty(t,l){if(t==="input"||t==="\
change")return ji(l)}function Ey(t,l){return t===l&&(t!==0||1/t===1/l)||t!==t&&l!==l}var $t=typeof Object.is=="function"?
Object.is:Ey;function Xa(t,l){if($t(t,l))return!0;if(typeof t!="object"||t===null||typeof l!="object"||l===null)return!1;
var e=Object.keys(t),u=Object.keys(l);if(e.length!==u.length)return!1;for(u=0;u<e.length;u++){var a=e[u];if(!vf.call(l,a)||
!$t(t[a],l[a]))return!1}return!0}function Tf(t){if(t=t||(typeof document<"u"?document:void 0),typeof t>"u")return null;try{
return t.activeElement||t.body}catch{return t.body}}function C0(t){for(;t&&t.firstChild;)t=t.firstChild;return t}function U0(t,l){
var e=C0(t);t=0;for(var u;e;){if(e.nodeType===3){if(u=t+e.textContent.length,t<=l&&u>=l)return{node:e,offset:l-t};t=u}t:{
for(;e;){if(e.nextSibling){e=e.nextSibling;break t}e=e.parentNode}e=void 0}e=C0(e)}}function Nd(t,l){return t&&l?t===l?!0:
t&&t.nodeType===3?!1:l&&l.nodeType===3?Nd(t,l.parentNode):"contains"in t?t.contains(l):t.compareDocumentPosition?!!(t.compareDocumentPosition(
l)&16):!1:!1}function Ad(t){t=t!=null&&t.ownerDocument!=null&&t.ownerDocument.defaultView!=null?t.ownerDocument.defaultView:
window;for(var l=Tf(t.document);l instanceof t.HTMLIFrameElement;){try{var e=typeof l.contentWindow.location.href=="stri\
ng"}catch{e=!1}if(e)t=l.contentWindow;else break;l=Tf(t.document)}return l}function Ao(t){var l=t&&t.nodeName&&t.nodeName.
toLowerCase();return l&&(l==="input"&&(t.type==="text"||t.type==="search"||t.type==="tel"||t.type==="url"||t.type==="pas\
sword")||l==="textarea"||t.contentEditable==="true")}var zy=Gl&&"documentMode"in document&&11>=document.documentMode,Ou=null,
Ef=null,Aa=null,zf=!1;function H0(t,l,e){var u=e.window===e?e.document:e.nodeType===9?e:e.ownerDocument;zf||Ou==null||Ou!==
Tf(u)||(u=Ou,"selectionStart"in u&&Ao(u)?u={start:u.selectionStart,end:u.selectionEnd}:(u=(u.ownerDocument&&u.ownerDocument.
defaultView||window).getSelection(),u={anchorNode:u.anchorNode,anchorOffset:u.anchorOffset,focusNode:u.focusNode,focusOffset:u.
focusOffset}),Aa&&Xa(Aa,u)||(Aa=u,u=Ri(Ef,"onSelect"),0<u.length&&(l=new wi("onSelect","select",null,l,e),t.push({event:l,
listeners:u}),l.target=Ou)))}function Ce(t,l){var e={};return e[t.toLowerCase()]=l.toLowerCase(),e["Webkit"+t]="webkit"+
l,e["Moz"+t]="moz"+l,e}var pu={animationend:Ce("Animation","AnimationEnd"),animationiteration:Ce("Animation","AnimationI\
teration"),animationstart:Ce("Animation","AnimationStart"),transitionrun:Ce("Transition","TransitionRun"),transitionstart:Ce(
"Transition","TransitionStart"),transitioncancel:Ce("Transition","TransitionCancel"),transitionend:Ce("Transition","Tran\
sitionEnd")},wc={},Md={};Gl&&(Md=document.createElement("div").style,"AnimationEvent"in window||(delete pu.animationend.
animation,delete pu.animationiteration.animation,delete pu.animationstart.animation),"TransitionEvent"in window||delete pu.
transitionend.transition);function Ie(t){if(wc[t])return wc[t];if(!pu[t])return t;var l=pu[t],e;for(e in l)if(l.hasOwnProperty(
e)&&e in Md)return wc[t]=l[e];return t}var Dd=Ie("animationend"),Cd=Ie("animationiteration"),Ud=Ie("animationstart"),Oy=Ie(
"transitionrun"),py=Ie("transitionstart"),_y=Ie("transitioncancel"),Hd=Ie("transitionend"),Rd=new Map,Of="abort auxClick\
 beforeToggle cancel canPlay canPlayThrough click close contextMenu copy cut drag dragEnd dragEnter dragExit dragLeave d\
ragOver dragStart drop durationChange emptied encrypted ended error fullscreenChange fullscreenError gotPointerCapture i\
nput invalid keyDown keyPress keyUp load loadedData loadedMetadata loadStart lostPointerCapture mouseDown mouseMove mous\
eOut mouseOver mouseUp paste pause play playing pointerCancel pointerDown pointerMove pointerOut pointerOver pointerUp p\
rogress rateChange reset resize seeked seeking stalled submit suspend timeUpdate touchCancel touchEnd touchStart volumeC\
hange scroll toggle touchMove waiting wheel".split(" ");Of.push("scrollEnd");function ml(t,l){Rd.set(t,l),Fe(l,[t])}var Ny=0;
function jl(t,l){if(t.name!=null&&t.name!=="auto")return t.name;if(l.autoName!==null)return l.autoName;t=dl.identifierPrefix;
var e=Ny++;return t="_"+t+"t_"+e.toString(32)+"_",l.autoName=t}function R0(t){if(t==null||typeof t=="string")return t;var l=null,
e=Gu;if(e!==null)for(var u=0;u<e.length;u++){var a=t[e[u]];if(a!=null){if(a==="none")return"none";l=l==null?a:l+(" "+a)}}
return l??t.default}function Kl(t,l){return t=R0(t),l=R0(l),l==null?t==="auto"?null:t:l==="auto"?null:l}var di=typeof reportError==
"function"?reportError:function(t){if(typeof window=="object"&&typeof window.ErrorEvent=="function"){var l=new window.ErrorEvent(
"error",{bubbles:!0,cancelable:!0,message:typeof t=="object"&&t!==null&&typeof t.message=="string"?String(t.message):String(
t),error:t});if(!window.dispatchEvent(l))return}else if(typeof process=="object"&&typeof process.emit=="function"){process.
emit("uncaughtException",t);return}console.error(t)},Pt=[],_u=0,Mo=0;function Xi(){for(var t=_u,l=Mo=_u=0;l<t;){var e=Pt[l];
Pt[l++]=null;var u=Pt[l];Pt[l++]=null;var a=Pt[l];Pt[l++]=null;var n=Pt[l];if(Pt[l++]=null,u!==null&&a!==null){var i=u.pending;
i===null?a.next=a:(a.next=i.next,i.next=a),u.pending=a}n!==0&&xd(e,a,n)}}function Qi(t,l,e,u){Pt[_u++]=t,Pt[_u++]=l,Pt[_u++]=
e,Pt[_u++]=u,Mo|=u,t.lanes|=u,t=t.alternate,t!==null&&(t.lanes|=u)}function Do(t,l,e,u){return Qi(t,l,e,u),mi(t)}function Pe(t,l){
return Qi(t,null,null,l),mi(t)}function xd(t,l,e){t.lanes|=e;var u=t.alternate;u!==null&&(u.lanes|=e);for(var a=!1,n=t.return;n!==
null;)n.childLanes|=e,u=n.alternate,u!==null&&(u.childLanes|=e),n.tag===22&&(t=n.stateNode,t===null||t._visibility&1||(a=
!0)),t=n,n=n.return;return t.tag===3?(n=t.stateNode,a&&l!==null&&(a=31-Kt(e),t=n.hiddenUpdates,u=t[a],u===null?t[a]=[l]:
u.push(l),l.lane=e|536870912),n):null}function mi(t){if(50<Ba)throw Ba=0,li=null,Error(S(185));for(var l=t.return;l!==null;)
t=l,l=t.return;return t.tag===3?t.stateNode:null}var Nu={};function Ay(t,l,e,u){this.tag=t,this.key=e,this.sibling=this.
child=this.return=this.stateNode=this.type=this.elementType=null,this.index=0,this.refCleanup=this.ref=null,this.pendingProps=
l,this.dependencies=this.memoizedState=this.updateQueue=this.memoizedProps=null,this.mode=u,this.subtreeFlags=this.flags=
0,this.deletions=null,this.childLanes=this.lanes=0,this.alternate=null}function xt(t,l,e,u){return new Ay(t,l,e,u)}function Co(t){
return t=t.prototype,!(!t||!t.isReactComponent)}function Bl(t,l){var e=t.alternate;return e===null?(e=xt(t.tag,l,t.key,t.
mode),e.elementType=t.elementType,e.type=t.type,e.stateNode=t.stateNode,e.alternate=t,t.alternate=e):(e.pendingProps=l,e.
type=t.type,e.flags=0,e.subtreeFlags=0,e.deletions=null),e.flags=t.flags&1206910976,e.childLanes=t.childLanes,e.lanes=t.
lanes,e.child=t.child,e.memoizedProps=t.memoizedProps,e.memoizedState=t.memoizedState,e.updateQueue=t.updateQueue,l=t.dependencies,
e.dependencies=l===null?null:{lanes:l.lanes,firstContext:l.firstContext},e.sibling=t.sibling,e.index=t.index,e.ref=t.ref,
e.refCleanup=t.refCleanup,e}function qd(t,l){t.flags&=1206910978;var e=t.alternate;return e===null?(t.childLanes=0,t.lanes=
l,t.child=null,t.subtreeFlags=0,t.memoizedProps=null,t.memoizedState=null,t.updateQueue=null,t.dependencies=null,t.stateNode=
null):(t.childLanes=e.childLanes,t.lanes=e.lanes,t.child=e.child,t.subtreeFlags=0,t.deletions=null,t.memoizedProps=e.memoizedProps,
t.memoizedState=e.memoizedState,t.updateQueue=e.updateQueue,t.type=e.type,l=e.dependencies,t.dependencies=l===null?null:
{lanes:l.lanes,firstContext:l.firstContext}),t}function Kn(t,l,e,u,a,n){var i=0;if(u=t,typeof u=="function")Co(u)&&(i=1);else if(typeof u==
"string")i=Pg(t,e,Al.current)?26:t==="html"||t==="head"||t==="body"?27:5;else t:switch(u){case sf:return t=xt(31,e,l,a),
t.elementType=sf,t.lanes=n,t;case bu:return we(e.children,a,n,l);case Ir:i=8,a|=24;break;case cf:return t=xt(12,e,l,a|2),
t.elementType=cf,t.lanes=n,t;case ff:return t=xt(13,e,l,a),t.elementType=ff,t.lanes=n,t;case of:return t=xt(19,e,l,a),t.
elementType=of,t.lanes=n,t;case hv:case rf:return t=a|32,t=xt(30,e,l,t),t.elementType=rf,t.lanes=n,t.stateNode={autoName:null,
paired:null,clones:null,ref:null},t;default:if(typeof u=="object"&&u!==null)switch(u.$$typeof){case Ol:i=10;break t;case Pr:
i=9;break t;case go:i=11;break t;case So:i=14;break t;case ee:i=16,u=null;break t}i=29,e=Error(S(130,t===null?"null":typeof t,
"")),u=null}return l=xt(i,e,l,a),l.elementType=t,l.type=u,l.lanes=n,l}function we(t,l,e,u){return t=xt(7,t,u,l),t.lanes=
e,t}function Gc(t,l,e){return t=xt(6,t,null,l),t.lanes=e,t}function Yd(t){var l=xt(18,null,null,0);return l.stateNode=t,
l}function jc(t,l,e){return l=xt(4,t.children!==null?t.children:[],t.key,l),l.lanes=e,l.stateNode={containerInfo:t.containerInfo,
pendingChildren:null,implementation:t.implementation},l}var x0=new WeakMap;function ul(t,l){if(typeof t=="object"&&t!==null){
var e=x0.get(t);return e!==void 0?e:(l={value:t,source:l,stack:d0(l)},x0.set(t,l),l)}return{value:t,source:l,stack:d0(l)}}
var Au=[],Mu=0,hi=null,Qa=0,tl=[],ll=0,Ee=null,_l=1,Nl="";function ql(t,l){Au[Mu++]=Qa,Au[Mu++]=hi,hi=t,Qa=l}function Bd(t,l,e){
tl[ll++]=_l,tl[ll++]=Nl,tl[ll++]=Ee,Ee=t;var u=_l;t=Nl;var a=32-Kt(u)-1;u&=~(1<<a),e+=1;var n=32-Kt(l)+a;if(30<n){var i=a-
a%5;n=(u&(1<<i)-1).toString(32),u>>=i,a-=i,_l=1<<32-Kt(l)+a|e<<a|u,Nl=n+t}else _l=1<<n|e<<a|u,Nl=t}function Vi(t){t.return!==
null&&(ql(t,1),Bd(t,1,0))}function Uo(t){for(;t===hi;)hi=Au[--Mu],Au[Mu]=null,Qa=Au[--Mu],Au[Mu]=null;for(;t===Ee;)Ee=tl[--ll],
tl[ll]=null,Nl=tl[--ll],tl[ll]=null,_l=tl[--ll],tl[ll]=null}function wd(t,l){tl[ll++]=_l,tl[ll++]=Nl,tl[ll++]=Ee,_l=l.id,
Nl=l.overflow,Ee=t}var mt=null,J=null,M=!1,de=null,al=!1,pf=Error(S(519));function ze(t){var l=Error(S(418,1<arguments.length&&
arguments[1]!==void 0&&arguments[1]?"text":"HTML",""));throw Va(ul(l,t)),pf}function q0(t){var l=t.stateNode,e=t.type,u=t.
memoizedProps;switch(l[vt]=t,l[Bt]=u,e){case"dialog":C("cancel",l),C("close",l);break;case"iframe":case"object":case"emb\
ed":C("load",l);break;case"video":case"audio":for(e=0;e<Ja.length;e++)C(Ja[e],l);break;case"source":C("error",l);break;case"\
img":case"image":case"link":C("error",l),C("load",l);break;case"details":C("toggle",l);break;case"input":C("invalid",l),
hd(l,u.value,u.defaultValue,u.checked,u.defaultChecked,u.type,u.name,!0);break;case"select":C("invalid",l);break;case"te\
xtarea":C("invalid",l),yd(l,u.value,u.defaultValue,u.children)}e=u.children,typeof e!="string"&&typeof e!="number"&&typeof e!=
"bigint"||l.textContent===""+e||u.suppressHydrationWarning===!0||Th(l.textContent,e)?(u.popover!=null&&(C("beforetoggle",
l),C("toggle",l)),u.onScroll!=null&&C("scroll",l),u.onScrollEnd!=null&&C("scrollend",l),u.onClick!=null&&(l.onclick=pl),
l=!0):l=!1,l||ze(t,!0)}function vi(t){for(mt=t.return;mt;)switch(mt.tag){case 5:case 31:case 13:al=!1;return;case 27:case 3:
al=!0;return;default:mt=mt.return}}function mu(t){if(t!==mt)return!1;if(!M)return vi(t),M=!0,!1;var l=t.tag,e;if((e=l!==
3&&l!==27)&&((e=l===5)&&(e=t.type,e=!(e!=="form"&&e!=="button")||fo(t.type,t.memoizedProps)),e=!e),e&&J&&ze(t),vi(t),l===
13){if(t=t.memoizedState,t=t!==null?t.dehydrated:null,!t)throw Error(S(317));J=Ur(t)}else if(l===31){if(t=t.memoizedState,
t=t!==null?t.dehydrated:null,!t)throw Error(S(317));J=Ur(t)}else l===27?(l=J,Ae(t.type)?(t=mo,mo=null,J=t):J=l):J=mt?nl(
t.stateNode.nextSibling):null;return!0}function Qe(){J=mt=null,M=!1}function Xc(){var t=de;return t!==null&&(Ht===null?Ht=
t:Ht.push.apply(Ht,t),de=null),t}function Va(t){de===null?de=[t]:de.push(t)}var _f=Cl(null),tu=null,Yl=null;function ce(t,l,e){
$(_f,l._currentValue),l._currentValue=e}function wl(t){t._currentValue=_f.current,gt(_f)}function Jn(t,l,e){for(;t!==null;){
var u=t.alternate;if((t.childLanes&l)!==l?(t.childLanes|=l,u!==null&&(u.childLanes|=l)):u!==null&&(u.childLanes&l)!==l&&
(u.childLanes|=l),t===e)break;t=t.return}}function Nf(t,l,e,u){var a=t.child;for(a!==null&&(a.return=t);a!==null;){var n=a.
dependencies;if(n!==null){var i=a.child;n=n.firstContext;t:for(;n!==null;){var c=n;n=a;for(var f=0;f<l.length;f++)if(c.context===
l[f]){n.lanes|=e,c=n.alternate,c!==null&&(c.lanes|=e),Jn(n.return,e,t),u||(i=null);break t}n=c.next}}else if(a.tag===18){
if(i=a.return,i===null)throw Error(S(341));i.lanes|=e,n=i.alternate,n!==null&&(n.lanes|=e),Jn(i,e,t),i=null}else a.tag===
13&&a.memoizedState!==null&&a.memoizedState.dehydrated===null?(a.lanes|=e,i=a.alternate,i!==null&&(i.lanes|=e),Jn(a.return,
e,t),i=a.child,i=i!==null?i.sibling:null):i=a.child;if(i!==null)i.return=a;else for(i=a;i!==null;){if(i===t){i=null;break}
if(a=i.sibling,a!==null){a.return=i.return,i=a;break}i=i.return}a=i}}function Ve(t,l,e,u){t=null;for(var a=l,n=!1;a!==null;){
if(!n){if((a.flags&524288)!==0)n=!0;else if((a.flags&262144)!==0)break}if(a.tag===10){var i=a.alternate;if(i===null)throw Error(
S(387));if(i=i.memoizedProps,i!==null){var c=a.type;$t(a.pendingProps.value,i.value)||(t!==null?t.push(c):t=[c])}}else if(a===
ci.current){if(i=a.alternate,i===null)throw Error(S(387));i.memoizedState.memoizedState!==a.memoizedState.memoizedState&&
(t!==null?t.push(Wu):t=[Wu])}a=a.return}return t!==null&&Nf(l,t,e,u),l.flags|=262144,t!==null}function yi(t){for(t=t.firstContext;t!==
null;){if(!$t(t.context._currentValue,t.memoizedValue))return!0;t=t.next}return!1}function Ze(t){tu=t,Yl=null,t=t.dependencies,
t!==null&&(t.firstContext=null)}function yt(t){return Gd(tu,t)}function Dn(t,l){return tu===null&&Ze(t),Gd(t,l)}function Gd(t,l){
var e=l._currentValue;if(l={context:l,memoizedValue:e,next:null},Yl===null){if(t===null)throw Error(S(308));Yl=l,t.dependencies=
{lanes:0,firstContext:l},t.flags|=524288}else Yl=Yl.next=l;return e}var My=typeof AbortController<"u"?AbortController:function(){
var t=[],l=this.signal={aborted:!1,addEventListener:function(e,u){t.push(u)}};this.abort=function(){l.aborted=!0,t.forEach(
function(e){return e()})}},Dy=ot.unstable_scheduleCallback,Cy=ot.unstable_NormalPriority,nt={$$typeof:Ol,Consumer:null,Provider:null,
_currentValue:null,_currentValue2:null,_threadCount:0};function Ho(){return{controller:new My,data:new Map,refCount:0}}function cn(t){
t.refCount--,t.refCount===0&&Dy(Cy,function(){t.controller.abort()})}function Y0(t,l){if((t.pendingLanes&4194048)!==0){var e=t.
transitionTypes;for(e===null&&(e=t.transitionTypes=[]),t=0;t<l.length;t++){var u=l[t];e.indexOf(u)===-1&&e.push(u)}}}var Oa=null;
function Uy(t){var l=t.transitionTypes;return t.transitionTypes=null,l}var Ma=null,Af=0,Le=0,Ru=null;function Hy(t,l){if(Ma===
null){var e=Ma=[];Af=0,Le=is(),Ru={status:"pending",value:void 0,then:function(u){e.push(u)}}}return Af++,l.then(B0,B0),
l}function B0(){if(--Af===0&&(Oa=null,Ma!==null)){Ru!==null&&(Ru.status="fulfilled");var t=Ma;Ma=null,Le=0,Ru=null;for(var l=0;l<
t.length;l++)(0,t[l])()}}function Ry(t,l){var e=[],u={status:"pending",value:null,reason:null,then:function(a){e.push(a)}};
return t.then(function(){u.status="fulfilled",u.value=l;for(var a=0;a<e.length;a++)(0,e[a])(l)},function(a){for(u.status=
"rejected",u.reason=a,a=0;a<e.length;a++)(0,e[a])(void 0)}),u}var w0=_.S;_.S=function(t,l){if(uh=Zt(),typeof l=="object"&&
l!==null&&typeof l.then=="function"&&Hy(t,l),Oa!==null)for(var e=Ju;e!==null;)Y0(e,Oa),e=e.next;if(e=t.types,e!==null){for(var u=Ju;u!==
null;)Y0(u,e),u=u.next;if(Le!==0){u=Oa,u===null&&(u=Oa=[]);for(var a=0;a<e.length;a++){var n=e[a];u.indexOf(n)===-1&&u.push(
n)}}}w0!==null&&w0(t,l)};var Ge=Cl(null);function Ro(){var t=Ge.current;return t!==null?t:V.pooledCache}function $n(t,l){
l===null?$(Ge,Ge.current):$(Ge,l.pool)}function jd(){var t=Ro();return t===null?null:{parent:nt._currentValue,pool:t}}var la=Error(
S(460)),xo=Error(S(474)),Zi=Error(S(542)),gi={then:function(){}};function G0(t){return t=t.status,t==="fulfilled"||t==="\
rejected"}function Xd(t,l,e){switch(e=t[e],e===void 0?t.push(l):e!==l&&(l.then(pl,pl),l=e),l.status){case"fulfilled":return l.
value;case"rejected":throw t=l.reason,X0(t),t===void 0&&!("reason"in l)?Error(S(600)):t;default:if(typeof l.status=="str\
ing")l.then(pl,pl);else{if(t=V,t!==null&&100<t.shellSuspendCounter)throw Error(S(482));t=l,t.status="pending",t.then(function(u){
if(l.status==="pending"){var a=l;a.status="fulfilled",a.value=u}},function(u){if(l.status==="pending"){var a=l;a.status=
"rejected",a.reason=u}})}switch(l.status){case"fulfilled":return l.value;case"rejected":throw t=l.reason,X0(t),t}throw je=
l,la}}function Re(t){try{var l=t._init;return l(t._payload)}catch(e){throw e!==null&&typeof e=="object"&&typeof e.then==
"function"?(je=e,la):e}}var je=null;function j0(){if(je===null)throw Error(S(459));var t=je;return je=null,t}function X0(t){
if(t===la||t===Zi)throw Error(S(483))}var xu=null,Za=0;function Cn(t){var l=Za;return Za+=1,xu===null&&(xu=[]),Xd(xu,t,l)}
function Pl(t,l){l=l.props.ref,t.ref=l!==void 0?l:null}function Un(t,l){throw l.$$typeof===mv?Error(S(525)):(t=Object.prototype.
toString.call(l),Error(S(31,t==="[object Object]"?"object with keys {"+Object.keys(l).join(", ")+"}":t)))}function Qd(t){
function l(d,o){if(t){var m=d.deletions;m===null?(d.deletions=[o],d.flags|=16):m.push(o)}}function e(d,o){if(!t)return null;
for(;o!==null;)l(d,o),o=o.sibling;return null}function u(d){for(var o=new Map;d!==null;)d.key===null?o.set(d.index,d):o.
set(d.key,d),d=d.sibling;return o}function a(d,o){return d=Bl(d,o),d.index=0,d.sibling=null,d}function n(d,o,m){return d.
index=m,t?(m=d.alternate,m!==null?(m=m.index,m<o?(d.flags|=2,o):m):(d.flags|=134217730,o)):(d.flags|=1048576,o)}function i(d){
return t&&d.alternate===null&&(d.flags|=134217730),d}function c(d,o,m,g){return o===null||o.tag!==6?(o=Gc(m,d.mode,g),o.
return=d,o):(o=a(o,m),o.return=d,o)}function f(d,o,m,g){var T=m.type;return T===bu?(d=v(d,o,m.props.children,g,m.key),Pl(
d,m),d):o!==null&&(o.elementType===T||typeof T=="object"&&T!==null&&T.$$typeof===ee&&Re(T)===o.type)?(o=a(o,m.props),Pl(
o,m),o.return=d,o):(o=Kn(m.type,m.key,m.props,null,d.mode,g),Pl(o,m),o.return=d,o)}function r(d,o,m,g){return o===null||
o.tag!==4||o.stateNode.containerInfo!==m.containerInfo||o.stateNode.implementation!==m.implementation?(o=jc(m,d.mode,g),
o.return=d,o):(o=a(o,m.children||[]),o.return=d,o)}function v(d,o,m,g,T){return o===null||o.tag!==7?(o=we(m,d.mode,g,T),
o.return=d,o):(o=a(o,m),o.return=d,o)}function y(d,o,m){if(typeof o=="string"&&o!==""||typeof o=="number"||typeof o=="bi\
gint")return o=Gc(""+o,d.mode,m),o.return=d,o;if(typeof o=="object"&&o!==null){switch(o.$$typeof){case En:return m=Kn(o.
type,o.key,o.props,null,d.mode,m),Pl(m,o),m.return=d,m;case Ta:return o=jc(o,d.mode,m),o.return=d,o;case ee:return o=Re(
o),y(d,o,m)}if(Ea(o)||ha(o))return o=we(o,d.mode,m,null),o.return=d,o;if(typeof o.then=="function")return y(d,Cn(o),m);if(o.
$$typeof===Ol)return y(d,Dn(d,o),m);Un(d,o)}return null}function s(d,o,m,g){var T=o!==null?o.key:null;if(typeof m=="stri\
ng"&&m!==""||typeof m=="number"||typeof m=="bigint")return T!==null?null:c(d,o,""+m,g);if(typeof m=="object"&&m!==null){
switch(m.$$typeof){case En:return m.key===T?f(d,o,m,g):null;case Ta:return m.key===T?r(d,o,m,g):null;case ee:return m=Re(
m),s(d,o,m,g)}if(Ea(m)||ha(m))return T!==null?null:v(d,o,m,g,null);if(typeof m.then=="function")return s(d,o,Cn(m),g);if(m.
$$typeof===Ol)return s(d,o,Dn(d,m),g);Un(d,m)}return null}function h(d,o,m,g,T){if(typeof g=="string"&&g!==""||typeof g==
"number"||typeof g=="bigint")return d=d.get(m)||null,c(o,d,""+g,T);if(typeof g=="object"&&g!==null){switch(g.$$typeof){case En:
return d=d.get(g.key===null?m:g.key)||null,f(o,d,g,T);case Ta:return d=d.get(g.key===null?m:g.key)||null,r(o,d,g,T);case ee:
return g=Re(g),h(d,o,m,g,T)}if(Ea(g)||ha(g))return d=d.get(m)||null,v(o,d,g,T,null);if(typeof g.then=="function")return h(
d,o,m,Cn(g),T);if(g.$$typeof===Ol)return h(d,o,m,Dn(o,g),T);Un(o,g)}return null}function b(d,o,m,g){for(var T=null,D=null,
z=o,p=o=0,ut=null;z!==null&&p<m.length;p++){z.index>p?(ut=z,z=null):ut=z.sibling;var R=s(d,z,m[p],g);if(R===null){z===null&&
(z=ut);break}t&&z&&R.alternate===null&&l(d,z),o=n(R,o,p),D===null?T=R:D.sibling=R,D=R,z=ut}if(p===m.length)return e(d,z),
M&&ql(d,p),T;if(z===null){for(;p<m.length;p++)z=y(d,m[p],g),z!==null&&(o=n(z,o,p),D===null?T=z:D.sibling=z,D=z);return M&&
ql(d,p),T}for(z=u(z);p<m.length;p++)ut=h(z,d,p,m[p],g),ut!==null&&(t&&(R=ut.alternate,R!==null&&z.delete(R.key===null?p:
R.key)),o=n(ut,o,p),D===null?T=ut:D.sibling=ut,D=ut);return t&&z.forEach(function(Wl){return l(d,Wl)}),M&&ql(d,p),T}function E(d,o,m,g){
if(m==null)throw Error(S(151));for(var T=null,D=null,z=o,p=o=0,ut=null,R=m.next();z!==null&&!R.done;p++,R=m.next()){z.index>
p?(ut=z,z=null):ut=z.sibling;var Wl=s(d,z,R.value,g);if(Wl===null){z===null&&(z=ut);break}t&&z&&Wl.alternate===null&&l(d,
z),o=n(Wl,o,p),D===null?T=Wl:D.sibling=Wl,D=Wl,z=ut}if(R.done)return e(d,z),M&&ql(d,p),T;if(z===null){for(;!R.done;p++,R=
m.next())R=y(d,R.value,g),R!==null&&(o=n(R,o,p),D===null?T=R:D.sibling=R,D=R);return M&&ql(d,p),T}for(z=u(z);!R.done;p++,
R=m.next())R=h(z,d,p,R.value,g),R!==null&&(t&&(ut=R.alternate,ut!==null&&z.delete(ut.key===null?p:ut.key)),o=n(R,o,p),D===
null?T=R:D.sibling=R,D=R);return t&&z.forEach(function(x1){return l(d,x1)}),M&&ql(d,p),T}function O(d,o,m,g){if(typeof m==
"object"&&m!==null&&m.type===bu&&m.key===null&&m.props.ref===void 0&&(m=m.props.children),typeof m=="object"&&m!==null){
switch(m.$$typeof){case En:t:{for(var T=m.key;o!==null;){if(o.key===T){if(T=m.type,T===bu){if(o.tag===7){e(d,o.sibling),
g=a(o,m.props.children),Pl(g,m),g.return=d,d=g;break t}}else if(o.elementType===T||typeof T=="object"&&T!==null&&T.$$typeof===
ee&&Re(T)===o.type){e(d,o.sibling),g=a(o,m.props),Pl(g,m),g.return=d,d=g;break t}e(d,o);break}else l(d,o);o=o.sibling}m.
type===bu?(g=we(m.props.children,d.mode,g,m.key),Pl(g,m),g.return=d,d=g):(g=Kn(m.type,m.key,m.props,null,d.mode,g),Pl(g,
m),g.return=d,d=g)}return i(d);case Ta:t:{for(T=m.key;o!==null;){if(o.key===T)if(o.tag===4&&o.stateNode.containerInfo===
m.containerInfo&&o.stateNode.implementation===m.implementation){e(d,o.sibling),g=a(o,m.children||[]),g.return=d,d=g;break t}else{
e(d,o);break}else l(d,o);o=o.sibling}g=jc(m,d.mode,g),g.return=d,d=g}return i(d);case ee:return m=Re(m),O(d,o,m,g)}if(Ea(
m))return b(d,o,m,g);if(ha(m)){if(T=ha(m),typeof T!="function")throw Error(S(150));return m=T.call(m),E(d,o,m,g)}if(typeof m.
then=="function")return O(d,o,Cn(m),g);if(m.$$typeof===Ol)return O(d,o,Dn(d,m),g);Un(d,m)}return typeof m=="string"&&m!==
""||typeof m=="number"||typeof m=="bigint"?(m=""+m,o!==null&&o.tag===6?(e(d,o.sibling),g=a(o,m),g.return=d,d=g):(e(d,o),
g=Gc(m,d.mode,g),g.return=d,d=g),i(d)):e(d,o)}return function(d,o,m,g){try{Za=0;var T=O(d,o,m,g);return xu=null,T}catch(z){
if(z===la||z===Zi)throw z;var D=xt(29,z,null,d.mode);return D.lanes=g,D.return=d,D}}}var Ke=Qd(!0),Vd=Qd(!1),ue=!1;function qo(t){
t.updateQueue={baseState:t.memoizedState,firstBaseUpdate:null,lastBaseUpdate:null,shared:{pending:null,lanes:0,hiddenCallbacks:null},
callbacks:null}}function Mf(t,l){t=t.updateQueue,l.updateQueue===t&&(l.updateQueue={baseState:t.baseState,firstBaseUpdate:t.
firstBaseUpdate,lastBaseUpdate:t.lastBaseUpdate,shared:t.shared,callbacks:null})}function me(t){return{lane:t,tag:0,payload:null,
callback:null,next:null}}function he(t,l,e){var u=t.updateQueue;if(u===null)return null;if(u=u.shared,(Y&2)!==0){var a=u.
pending;return a===null?l.next=l:(l.next=a.next,a.next=l),u.pending=l,l=mi(t),xd(t,null,e),l}return Qi(t,u,l,e),mi(t)}function Da(t,l,e){
if(l=l.updateQueue,l!==null&&(l=l.shared,(e&4194048)!==0)){var u=l.lanes;u&=t.pendingLanes,e|=u,l.lanes=e,id(t,e)}}function Qc(t,l){
var e=t.updateQueue,u=t.alternate;if(u!==null&&(u=u.updateQueue,e===u)){var a=null,n=null;if(e=e.firstBaseUpdate,e!==null){
do{var i={lane:e.lane,tag:e.tag,payload:e.payload,callback:null,next:null};n===null?a=n=i:n=n.next=i,e=e.next}while(e!==
null);n===null?a=n=l:n=n.next=l}else a=n=l;e={baseState:u.baseState,firstBaseUpdate:a,lastBaseUpdate:n,shared:u.shared,callbacks:u.
callbacks},t.updateQueue=e;return}t=e.lastBaseUpdate,t===null?e.firstBaseUpdate=l:t.next=l,e.lastBaseUpdate=l}var Df=!1;
function Ca(){if(Df){var t=Ru;if(t!==null)throw t}}function Ua(t,l,e,u){Df=!1;var a=t.updateQueue;ue=!1;var n=a.firstBaseUpdate,
i=a.lastBaseUpdate,c=a.shared.pending;if(c!==null){a.shared.pending=null;var f=c,r=f.next;f.next=null,i===null?n=r:i.next=
r,i=f;var v=t.alternate;v!==null&&(v=v.updateQueue,c=v.lastBaseUpdate,c!==i&&(c===null?v.firstBaseUpdate=r:c.next=r,v.lastBaseUpdate=
f))}if(n!==null){var y=a.baseState;i=0,v=r=f=null,c=n;do{var s=c.lane&-536870913,h=s!==c.lane;if(h?(H&s)===s:(u&s)===s){
s!==0&&s===Le&&(Df=!0),v!==null&&(v=v.next={lane:0,tag:c.tag,payload:c.payload,callback:null,next:null});t:{var b=t,E=c;
s=l;var O=e;switch(E.tag){case 1:if(b=E.payload,typeof b=="function"){y=b.call(O,y,s);break t}y=b;break t;case 3:b.flags=
b.flags&-65537|128;case 0:if(b=E.payload,s=typeof b=="function"?b.call(O,y,s):b,s==null)break t;y=Z({},y,s);break t;case 2:
ue=!0}}s=c.callback,s!==null&&(t.flags|=64,h&&(t.flags|=8192),h=a.callbacks,h===null?a.callbacks=[s]:h.push(s))}else h={
lane:s,tag:c.tag,payload:c.payload,callback:c.callback,next:null},v===null?(r=v=h,f=y):v=v.next=h,i|=s;if(c=c.next,c===null){
if(c=a.shared.pending,c===null)break;h=c,c=h.next,h.next=null,a.lastBaseUpdate=h,a.shared.pending=null}}while(!0);v===null&&
(f=y),a.baseState=f,a.firstBaseUpdate=r,a.lastBaseUpdate=v,n===null&&(a.shared.lanes=0),_e|=i,t.lanes=i,t.memoizedState=
y}}function Zd(t,l){if(typeof t!="function")throw Error(S(191,t));t.call(l)}function Ld(t,l){var e=t.callbacks;if(e!==null)
for(t.callbacks=null,t=0;t<e.length;t++)Zd(e[t],l)}var Oe=Cl(null),Si=Cl(0);function Q0(t,l){t=Zl,$(Si,t),$(Oe,l),Zl=t|l.
baseLanes}function Cf(){$(Si,Zl),$(Oe,Oe.current)}function Yo(){Zl=Si.current,gt(Oe),gt(Si)}var Tt=Cl(null),Ot=null;function ve(t){
var l=t.alternate;$(St,St.current&1),$(Tt,t),Ot===null&&(l===null||Oe.current!==null||l.memoizedState!==null)&&(Ot=t)}function Uf(t){
$(St,St.current),$(Tt,t),Ot===null&&(Ot=t)}function Kd(t){t.tag===22?($(St,St.current),$(Tt,t),Ot===null&&(Ot=t)):ye()}function ye(){
$(St,St.current),$(Tt,Tt.current)}function Xt(t){gt(Tt),Ot===t&&(Ot=null),gt(St)}var St=Cl(0);function La(t,l){$(Tt,Tt.current),
$(St,l)}function Bo(t){gt(St),gt(Tt),Ot===t&&(Ot=null)}function bi(t){for(var l=t;l!==null;){if(l.tag===13){var e=l.memoizedState;
if(e!==null&&(e=e.dehydrated,e===null||ro(e)||ss(e)))return l}else if(l.tag===19&&l.memoizedProps.revealOrder!=="indepen\
dent"){if((l.flags&128)!==0)return l}else if(l.child!==null){l.child.return=l,l=l.child;continue}if(l===t)break;for(;l.sibling===
null;){if(l.return===null||l.return===t)return null;l=l.return}l.sibling.return=l.return,l=l.sibling}return null}var Xl=0,
A=null,Q=null,at=null,Ti=!1,qu=!1,Je=!1,Ei=0,Ka=0,Yu=null,xy=0;function I(){throw Error(S(321))}function wo(t,l){if(l===
null)return!1;for(var e=0;e<l.length&&e<t.length;e++)if(!$t(t[e],l[e]))return!1;return!0}function Go(t,l,e,u,a,n){return Xl=
n,A=l,l.memoizedState=null,l.updateQueue=null,l.lanes=0,_.H=t===null||t.memoizedState===null?Om:pm,Je=!1,n=e(u,a),Je=!1,
qu&&(n=$d(l,e,u,a)),Jd(t),n}function Jd(t){_.H=zi;var l=Q!==null&&Q.next!==null;if(Xl=0,at=Q=A=null,Ti=!1,Ka=0,Yu=null,l)
throw Error(S(300));t===null||it||(t=t.dependencies,t!==null&&yi(t)&&(it=!0))}function $d(t,l,e,u){A=t;var a=0;do{if(qu&&
(Yu=null),Ka=0,qu=!1,25<=a)throw Error(S(301));if(a+=1,at=Q=null,t.updateQueue!=null){var n=t.updateQueue;n.lastEffect=null,
n.events=null,n.stores=null,n.memoCache!=null&&(n.memoCache.index=0)}_.H=Qy,n=l(e,u)}while(qu);return n}function qy(){var t=_.
H,l=t.useState()[0];return l=typeof l.then=="function"?fn(l):l,t=t.useState()[0],(Q!==null?Q.memoizedState:null)!==t&&(A.
flags|=1024),l}function jo(){var t=Ei!==0;return Ei=0,t}function Xo(t,l,e){l.updateQueue=t.updateQueue,l.flags&=-2053,t.
lanes&=~e}function Qo(t){if(Ti){for(t=t.memoizedState;t!==null;){var l=t.queue;l!==null&&(l.pending=null),t=t.next}Ti=!1}
Xl=0,at=Q=A=null,qu=!1,Ka=Ei=0,Yu=null}function Dt(){var t={memoizedState:null,baseState:null,baseQueue:null,queue:null,
next:null};return at===null?A.memoizedState=at=t:at=at.next=t,at}function et(){if(Q===null){var t=A.alternate;t=t!==null?
t.memoizedState:null}else t=Q.next;var l=at===null?A.memoizedState:at.next;if(l!==null)at=l,Q=t;else{if(t===null)throw A.
alternate===null?Error(S(467)):Error(S(310));Q=t,t={memoizedState:Q.memoizedState,baseState:Q.baseState,baseQueue:Q.baseQueue,
queue:Q.queue,next:null},at===null?A.memoizedState=at=t:at=at.next=t}return at}function Li(){return{lastEffect:null,events:null,
stores:null,memoCache:null}}function fn(t){var l=Ka;return Ka+=1,Yu===null&&(Yu=[]),t=Xd(Yu,t,l),l=A,(at===null?l.memoizedState:
at.next)===null&&(l=l.alternate,_.H=l===null||l.memoizedState===null?Om:pm),t}function Ki(t){if(t!==null&&typeof t=="obj\
ect"){if(typeof t.then=="function")return fn(t);if(t.$$typeof===yv)return;if(t.$$typeof===Ol)return yt(t)}throw Error(S(
438,String(t)))}function Vo(t){var l=null,e=A.updateQueue;if(e!==null&&(l=e.memoCache),l==null){var u=A.alternate;u!==null&&
(u=u.updateQueue,u!==null&&(u=u.memoCache,u!=null&&(l={data:u.data.map(function(a){return a.slice()}),index:0})))}if(l==
null&&(l={data:[],index:0}),e===null&&(e=Li(),A.updateQueue=e),e.memoCache=l,e=l.data[l.index],e===void 0)for(e=l.data[l.
index]=Array(t),u=0;u<t;u++)e[u]=vv;return l.index++,e}function Ql(t,l){return typeof l=="function"?l(t):l}function kn(t){
var l=et();return Zo(l,Q,t)}function Zo(t,l,e){var u=t.queue;if(u===null)throw Error(S(311));u.lastRenderedReducer=e;var a=t.
baseQueue,n=u.pending;if(n!==null){if(a!==null){var i=a.next;a.next=n.next,n.next=i}l.baseQueue=a=n,u.pending=null}if(n=
t.baseState,a===null)t.memoizedState=n;else{l=a.next;var c=i=null,f=null,r=l,v=!1;do{var y=r.lane&-536870913;if(y!==r.lane?
(H&y)===y:(Xl&y)===y){var s=r.revertLane;if(s===0)f!==null&&(f=f.next={lane:0,revertLane:0,gesture:null,action:r.action,
hasEagerState:r.hasEagerState,eagerState:r.eagerState,next:null}),y===Le&&(v=!0);else if((Xl&s)===s){r=r.next,s===Le&&(v=
!0);continue}else y={lane:0,revertLane:r.revertLane,gesture:null,action:r.action,hasEagerState:r.hasEagerState,eagerState:r.
eagerState,next:null},f===null?(c=f=y,i=n):f=f.next=y,A.lanes|=s,_e|=s;y=r.action,Je&&e(n,y),n=r.hasEagerState?r.eagerState:
e(n,y)}else s={lane:y,revertLane:r.revertLane,gesture:r.gesture,action:r.action,hasEagerState:r.hasEagerState,eagerState:r.
eagerState,next:null},f===null?(c=f=s,i=n):f=f.next=s,A.lanes|=y,_e|=y;r=r.next}while(r!==null&&r!==l);if(f===null?i=n:f.
next=c,!$t(n,t.memoizedState)&&(it=!0,v&&(e=Ru,e!==null)))throw e;t.memoizedState=n,t.baseState=i,t.baseQueue=f,u.lastRenderedState=
n}return a===null&&(u.lanes=0),[t.memoizedState,u.dispatch]}function Vc(t){var l=et(),e=l.queue;if(e===null)throw Error(
S(311));e.lastRenderedReducer=t;var u=e.dispatch,a=e.pending,n=l.memoizedState;if(a!==null){e.pending=null;var i=a=a.next;
do n=t(n,i.action),i=i.next;while(i!==a);$t(n,l.memoizedState)||(it=!0),l.memoizedState=n,l.baseQueue===null&&(l.baseState=
n),e.lastRenderedState=n}return[n,u]}function kd(t,l,e){var u=A,a=et(),n=M;if(n){if(e===void 0)throw Error(S(407));e=e()}else
e=l();var i=!$t((Q||a).memoizedState,e);if(i&&(a.memoizedState=e,it=!0),a=a.queue,Lo(Id.bind(null,u,a,t),[t]),t=a.getSnapshot!==
l||i||at!==null&&(at.memoizedState.tag&1)!==0,Vu(t?9:8,{destroy:void 0},Fd.bind(null,u,a,e,l),null),t){if(u.flags|=2048,
V===null)throw Error(S(349));n||(Xl&127)!==0||Wd(u,l,e)}return e}function Wd(t,l,e){t.flags|=16384,t={getSnapshot:l,value:e},
l=A.updateQueue,l===null?(l=Li(),A.updateQueue=l,l.stores=[t]):(e=l.stores,e===null?l.stores=[t]:e.push(t))}function Fd(t,l,e,u){
l.value=e,l.getSnapshot=u,Pd(l)&&tm(t)}function Id(t,l,e){return e(function(){Pd(l)&&tm(t)})}function Pd(t){var l=t.getSnapshot;
t=t.value;try{var e=l();return!$t(t,e)}catch{return!0}}function tm(t){var l=Pe(t,2);l!==null&&qt(l,t,2)}function Hf(t){var l=Dt();
if(typeof t=="function"){var e=t;if(t=e(),Je){ne(!0);try{e()}finally{ne(!1)}}}return l.memoizedState=l.baseState=t,l.queue=
{pending:null,lanes:0,dispatch:null,lastRenderedReducer:Ql,lastRenderedState:t},l}function lm(t,l,e,u){return t.baseState=
e,Zo(t,Q,typeof u=="function"?u:Ql)}function Yy(t,l,e,u,a){if($i(t))throw Error(S(485));if(t=l.action,t!==null){var n={payload:a,
action:t,next:null,isTransition:!0,status:"pending",value:null,reason:null,listeners:[],then:function(i){n.listeners.push(
i)}};_.T!==null?e(!0):n.isTransition=!1,u(n),e=l.pending,e===null?(n.next=l.pending=n,em(l,n)):(n.next=e.next,l.pending=
e.next=n)}}function em(t,l){var e=l.action,u=l.payload,a=t.state;if(l.isTransition){var n=_.T,i={};i.types=n!==null?n.types:
null,_.T=i;try{var c=e(a,u),f=_.S;f!==null&&f(i,c),V0(t,l,c)}catch(r){Rf(t,l,r)}finally{n!==null&&i.types!==null&&(n.types=
i.types),_.T=n}}else try{n=e(a,u),V0(t,l,n)}catch(r){Rf(t,l,r)}}function V0(t,l,e){e!==null&&typeof e=="object"&&typeof e.
then=="function"?e.then(function(u){Z0(t,l,u)},function(u){return Rf(t,l,u)}):Z0(t,l,e)}function Z0(t,l,e){l.status="ful\
filled",l.value=e,um(l),t.state=e,l=t.pending,l!==null&&(e=l.next,e===l?t.pending=null:(e=e.next,l.next=e,em(t,e)))}function Rf(t,l,e){
var u=t.pending;if(t.pending=null,u!==null){u=u.next;do l.status="rejected",l.reason=e,um(l),l=l.next;while(l!==u)}t.action=
null}function um(t){t=t.listeners;for(var l=0;l<t.length;l++)(0,t[l])()}function am(t,l){return l}function L0(t,l){if(M){
var e=V.formState;if(e!==null){t:{var u=A;if(M){if(J){l:{for(var a=J,n=al;a.nodeType!==8;){if(!n){a=null;break l}if(a=nl(
a.nextSibling),a===null){a=null;break l}}n=a.data,a=n==="F!"||n==="F"?a:null}if(a){J=nl(a.nextSibling),u=a.data==="F!";break t}}
ze(u)}u=!1}u&&(l=e[0])}}return e=Dt(),e.memoizedState=e.baseState=l,u={pending:null,lanes:0,dispatch:null,lastRenderedReducer:am,
lastRenderedState:l},e.queue=u,e=Tm.bind(null,A,u),u.dispatch=e,u=Hf(!1),n=ko.bind(null,A,!1,u.queue),u=Dt(),a={state:l,
dispatch:null,action:t,pending:null},u.queue=a,e=Yy.bind(null,A,a,n,e),a.dispatch=e,u.memoizedState=t,[l,e,!1]}function K0(t){
var l=et();return nm(l,Q,t)}function nm(t,l,e){if(l=Zo(t,l,am)[0],t=kn(Ql)[0],typeof l=="object"&&l!==null&&typeof l.then==
"function")try{var u=fn(l)}catch(i){throw i===la?Zi:i}else u=l;l=et();var a=l.queue,n=a.dispatch;return e!==l.memoizedState&&
(A.flags|=2048,Vu(9,{destroy:void 0},By.bind(null,a,e),null)),[u,n,t]}function By(t,l){t.action=l}function J0(t){var l=et(),
e=Q;if(e!==null)return nm(l,e,t);et(),l=l.memoizedState,e=et();var u=e.queue.dispatch;return e.memoizedState=t,[l,u,!1]}
function Vu(t,l,e,u){return t={tag:t,create:e,deps:u,inst:l,next:null},l=A.updateQueue,l===null&&(l=Li(),A.updateQueue=l),
e=l.lastEffect,e===null?l.lastEffect=t.next=t:(u=e.next,e.next=t,t.next=u,l.lastEffect=t),t}function im(){return et().memoizedState}
function Wn(t,l,e,u){var a=Dt();A.flags|=t,a.memoizedState=Vu(1|l,{destroy:void 0},e,u===void 0?null:u)}function Ji(t,l,e,u){
var a=et();u=u===void 0?null:u;var n=a.memoizedState.inst;Q!==null&&u!==null&&wo(u,Q.memoizedState.deps)?a.memoizedState=
Vu(l,n,e,u):(A.flags|=t,a.memoizedState=Vu(1|l,n,e,u))}function $0(t,l){Wn(8390656,8,t,l)}function Lo(t,l){Ji(2048,8,t,l)}
function wy(t){A.flags|=4;var l=A.updateQueue;if(l===null)l=Li(),A.updateQueue=l,l.events=[t];else{var e=l.events;e===null?
l.events=[t]:e.push(t)}}function cm(t){var l=et().memoizedState;return wy({ref:l,nextImpl:t}),function(){if((Y&2)!==0)throw Error(
S(440));return l.impl.apply(void 0,arguments)}}function fm(t,l){return Ji(4,2,t,l)}function om(t,l){return Ji(4,4,t,l)}function sm(t,l){
if(typeof l=="function"){t=t();var e=l(t);return function(){typeof e=="function"?e():l(null)}}if(l!=null)return t=t(),l.
current=t,function(){l.current=null}}function rm(t,l,e){e=e!=null?e.concat([t]):null,Ji(4,4,sm.bind(null,l,t),e)}function Ko(){}
function dm(t,l){var e=et();l=l===void 0?null:l;var u=e.memoizedState;return l!==null&&wo(l,u[1])?u[0]:(e.memoizedState=
[t,l],t)}function mm(t,l){var e=et();l=l===void 0?null:l;var u=e.memoizedState;if(l!==null&&wo(l,u[1]))return u[0];if(u=
t(),Je){ne(!0);try{t()}finally{ne(!1)}}return e.memoizedState=[u,l],u}function Jo(t,l,e){return e===void 0||(Xl&1073741824)!==
0&&(H&261930)===0?t.memoizedState=l:(t.memoizedState=e,t=nh(),A.lanes|=t,_e|=t,e)}function hm(t,l,e,u){return $t(e,l)?e:
Oe.current!==null?(t=Jo(t,e,u),$t(t,l)||(it=!0),t):(Xl&106)===0||(Xl&1073741824)!==0&&(H&261930)===0?(it=!0,t.memoizedState=
e):(t=nh(),A.lanes|=t,_e|=t,l)}function vm(t,l,e,u,a){var n=B.p;B.p=n!==0&&8>n?n:8;var i=_.T,c={};c.types=i!==null?i.types:
null,_.T=c,ko(t,!1,l,e);try{var f=a(),r=_.S;if(r!==null&&r(c,f),f!==null&&typeof f=="object"&&typeof f.then=="function"){
var v=Ry(f,u);Ha(t,l,v,Jt(t))}else Ha(t,l,u,Jt(t))}catch(y){Ha(t,l,{then:function(){},status:"rejected",reason:y},Jt())}finally{
B.p=n,i!==null&&c.types!==null&&(i.types=c.types),_.T=i}}function Gy(){}function xf(t,l,e,u){if(t.tag!==5)throw Error(S(
476));var a=ym(t).queue;vm(t,a,l,Be,e===null?Gy:function(){return gm(t),e(u)})}function ym(t){var l=t.memoizedState;if(l!==
null)return l;l={memoizedState:Be,baseState:Be,baseQueue:null,queue:{pending:null,lanes:0,dispatch:null,lastRenderedReducer:Ql,
lastRenderedState:Be},next:null};var e={};return l.next={memoizedState:e,baseState:e,baseQueue:null,queue:{pending:null,
lanes:0,dispatch:null,lastRenderedReducer:Ql,lastRenderedState:e},next:null},t.memoizedState=l,t=t.alternate,t!==null&&(t.
memoizedState=l),l}function gm(t){var l=ym(t);l.next===null&&(l=t.alternate.memoizedState),Ha(t,l.next.queue,{},Jt())}function $o(){
return yt(Wu)}function Sm(){return et().memoizedState}function bm(){return et().memoizedState}function jy(t){for(var l=t.
return;l!==null;){switch(l.tag){case 24:case 3:var e=Jt();t=me(e);var u=he(l,t,e);u!==null&&(qt(u,l,e),Da(u,l,e)),l={cache:Ho()},
t.payload=l;return}l=l.return}}function Xy(t,l,e){var u=Jt();e={lane:u,revertLane:0,gesture:null,action:e,hasEagerState:!1,
eagerState:null,next:null},$i(t)?Em(l,e):(e=Do(t,l,e,u),e!==null&&(qt(e,t,u),zm(e,l,u)))}function Tm(t,l,e){var u=Jt();Ha(
t,l,e,u)}function Ha(t,l,e,u){var a={lane:u,revertLane:0,gesture:null,action:e,hasEagerState:!1,eagerState:null,next:null};
if($i(t))Em(l,a);else{var n=t.alternate;if(t.lanes===0&&(n===null||n.lanes===0)&&(n=l.lastRenderedReducer,n!==null))try{
var i=l.lastRenderedState,c=n(i,e);if(a.hasEagerState=!0,a.eagerState=c,$t(c,i))return Qi(t,l,a,0),V===null&&Xi(),!1}catch{}
if(e=Do(t,l,a,u),e!==null)return qt(e,t,u),zm(e,l,u),!0}return!1}function ko(t,l,e,u){if(u={lane:2,revertLane:is(),gesture:null,
action:u,hasEagerState:!1,eagerState:null,next:null},$i(t)){if(l)throw Error(S(479))}else l=Do(t,e,u,2),l!==null&&qt(l,t,
2)}function $i(t){var l=t.alternate;return t===A||l!==null&&l===A}function Em(t,l){qu=Ti=!0;var e=t.pending;e===null?l.next=
l:(l.next=e.next,e.next=l),t.pending=l}function zm(t,l,e){if((e&4194048)!==0){var u=l.lanes;u&=t.pendingLanes,e|=u,l.lanes=
e,id(t,e)}}var zi={readContext:yt,use:Ki,useCallback:I,useContext:I,useEffect:I,useImperativeHandle:I,useLayoutEffect:I,
useInsertionEffect:I,useMemo:I,useReducer:I,useRef:I,useState:I,useDebugValue:I,useDeferredValue:I,useTransition:I,useSyncExternalStore:I,
useId:I,useHostTransitionStatus:I,useFormState:I,useActionState:I,useOptimistic:I,useMemoCache:I,useCacheRefresh:I,useEffectEvent:I},
Om={readContext:yt,use:Ki,useCallback:function(t,l){return Dt().memoizedState=[t,l===void 0?null:l],t},useContext:yt,useEffect:$0,
useImperativeHandle:function(t,l,e){e=e!=null?e.concat([t]):null,Wn(4194308,4,sm.bind(null,l,t),e)},useLayoutEffect:function(t,l){
return Wn(4194308,4,t,l)},useInsertionEffect:function(t,l){Wn(4,2,t,l)},useMemo:function(t,l){var e=Dt();l=l===void 0?null:
l;var u=t();if(Je){ne(!0);try{t()}finally{ne(!1)}}return e.memoizedState=[u,l],u},useReducer:function(t,l,e){var u=Dt();
if(e!==void 0){var a=e(l);if(Je){ne(!0);try{e(l)}finally{ne(!1)}}}else a=l;return u.memoizedState=u.baseState=a,t={pending:null,
lanes:0,dispatch:null,lastRenderedReducer:t,lastRenderedState:a},u.queue=t,t=t.dispatch=Xy.bind(null,A,t),[u.memoizedState,
t]},useRef:function(t){var l=Dt();return t={current:t},l.memoizedState=t},useState:function(t){t=Hf(t);var l=t.queue,e=Tm.
bind(null,A,l);return l.dispatch=e,[t.memoizedState,e]},useDebugValue:Ko,useDeferredValue:function(t,l){var e=Dt();return Jo(
e,t,l)},useTransition:function(){var t=Hf(!1);return t=vm.bind(null,A,t.queue,!0,!1),Dt().memoizedState=t,[!1,t]},useSyncExternalStore:function(t,l,e){
var u=A,a=Dt();if(M){if(e===void 0)throw Error(S(407));e=e()}else{if(e=l(),V===null)throw Error(S(349));(H&127)!==0||Wd(
u,l,e)}a.memoizedState=e;var n={value:e,getSnapshot:l};return a.queue=n,$0(Id.bind(null,u,n,t),[t]),u.flags|=2048,Vu(9,{
destroy:void 0},Fd.bind(null,u,n,e,l),null),e},useId:function(){var t=Dt(),l=V.identifierPrefix;if(M){var e=Nl,u=_l;e=(u&
~(1<<32-Kt(u)-1)).toString(32)+e,l="_"+l+"R_"+e,e=Ei++,0<e&&(l+="H"+e.toString(32)),l+="_"}else e=xy++,l="_"+l+"r_"+e.toString(
32)+"_";return t.memoizedState=l},useHostTransitionStatus:$o,useFormState:L0,useActionState:L0,useOptimistic:function(t){
var l=Dt();l.memoizedState=l.baseState=t;var e={pending:null,lanes:0,dispatch:null,lastRenderedReducer:null,lastRenderedState:null};
return l.queue=e,l=ko.bind(null,A,!0,e),e.dispatch=l,[t,l]},useMemoCache:Vo,useCacheRefresh:function(){return Dt().memoizedState=
jy.bind(null,A)},useEffectEvent:function(t){var l=Dt(),e={impl:t};return l.memoizedState=e,function(){if((Y&2)!==0)throw Error(
S(440));return e.impl.apply(void 0,arguments)}}},pm={readContext:yt,use:Ki,useCallback:dm,useContext:yt,useEffect:Lo,useImperativeHandle:rm,
useInsertionEffect:fm,useLayoutEffect:om,useMemo:mm,useReducer:kn,useRef:im,useState:function(){return kn(Ql)},useDebugValue:Ko,
useDeferredValue:function(t,l){var e=et();return hm(e,Q.memoizedState,t,l)},useTransition:function(){var t=kn(Ql)[0],l=et().
memoizedState;return[typeof t=="boolean"?t:fn(t),l]},useSyncExternalStore:kd,useId:Sm,useHostTransitionStatus:$o,useFormState:K0,
useActionState:K0,useOptimistic:function(t,l){var e=et();return lm(e,Q,t,l)},useMemoCache:Vo,useCacheRefresh:bm,useEffectEvent:cm},
Qy={readContext:yt,use:Ki,useCallback:dm,useContext:yt,useEffect:Lo,useImperativeHandle:rm,useInsertionEffect:fm,useLayoutEffect:om,
useMemo:mm,useReducer:Vc,useRef:im,useState:function(){return Vc(Ql)},useDebugValue:Ko,useDeferredValue:function(t,l){var e=et();
return Q===null?Jo(e,t,l):hm(e,Q.memoizedState,t,l)},useTransition:function(){var t=Vc(Ql)[0],l=et().memoizedState;return[
typeof t=="boolean"?t:fn(t),l]},useSyncExternalStore:kd,useId:Sm,useHostTransitionStatus:$o,useFormState:J0,useActionState:J0,
useOptimistic:function(t,l){var e=et();return Q!==null?lm(e,Q,t,l):(e.baseState=t,[t,e.queue.dispatch])},useMemoCache:Vo,
useCacheRefresh:bm,useEffectEvent:cm};function Zc(t,l,e,u){l=t.memoizedState,e=e(u,l),e=e==null?l:Z({},l,e),t.memoizedState=
e,t.lanes===0&&(t.updateQueue.baseState=e)}var qf={enqueueSetState:function(t,l,e){t=t._reactInternals;var u=Jt(),a=me(u);
a.payload=l,e!=null&&(a.callback=e),l=he(t,a,u),l!==null&&(qt(l,t,u),Da(l,t,u))},enqueueReplaceState:function(t,l,e){t=t.
_reactInternals;var u=Jt(),a=me(u);a.tag=1,a.payload=l,e!=null&&(a.callback=e),l=he(t,a,u),l!==null&&(qt(l,t,u),Da(l,t,u))},
enqueueForceUpdate:function(t,l){t=t._reactInternals;var e=Jt(),u=me(e);u.tag=2,l!=null&&(u.callback=l),l=he(t,u,e),l!==
null&&(qt(l,t,e),Da(l,t,e))}};function k0(t,l,e,u,a,n,i){return t=t.stateNode,typeof t.shouldComponentUpdate=="function"?
t.shouldComponentUpdate(u,n,i):l.prototype&&l.prototype.isPureReactComponent?!Xa(e,u)||!Xa(a,n):!0}function W0(t,l,e,u){
t=l.state,typeof l.componentWillReceiveProps=="function"&&l.componentWillReceiveProps(e,u),typeof l.UNSAFE_componentWillReceiveProps==
"function"&&l.UNSAFE_componentWillReceiveProps(e,u),l.state!==t&&qf.enqueueReplaceState(l,l.state,null)}function $e(t,l){
var e=l;if("ref"in l){e={};for(var u in l)u!=="ref"&&(e[u]=l[u])}if(t=t.defaultProps){e===l&&(e=Z({},e));for(var a in t)
e[a]===void 0&&(e[a]=t[a])}return e}function _m(t){di(t)}function Nm(t){console.error(t)}function Am(t){di(t)}function Oi(t,l){
try{var e=t.onUncaughtError;e(l.value,{componentStack:l.stack})}catch(u){setTimeout(function(){throw u})}}function F0(t,l,e){
try{var u=t.onCaughtError;u(e.value,{componentStack:e.stack,errorBoundary:l.tag===1?l.stateNode:null})}catch(a){setTimeout(
function(){throw a})}}function Yf(t,l,e){return e=me(e),e.tag=3,e.payload={element:null},e.callback=function(){Oi(t,l)},
e}function Mm(t){return t=me(t),t.tag=3,t}function Dm(t,l,e,u){var a=e.type.getDerivedStateFromError;if(typeof a=="funct\
ion"){var n=u.value;t.payload=function(){return a(n)},t.callback=function(){F0(l,e,u)}}var i=e.stateNode;i!==null&&typeof i.
componentDidCatch=="function"&&(t.callback=function(){F0(l,e,u),typeof a!="function"&&(ge===null?ge=new Set([this]):ge.add(
this));var c=u.stack;this.componentDidCatch(u.value,{componentStack:c!==null?c:""})})}function Vy(t,l,e,u,a){if(e.flags|=
32768,u!==null&&typeof u=="object"&&typeof u.then=="function"){if(l=e.alternate,l!==null&&Ve(l,e,a,!0),e=Tt.current,e!==
null){switch(e.tag){case 31:case 13:case 19:return Ot===null?Ui():e.alternate===null&&P===0&&(P=3),e.flags&=-257,e.flags|=
65536,e.lanes=a,u===gi?e.flags|=16384:(l=e.updateQueue,l===null?e.updateQueue=new Set([u]):l.add(u),Fc(t,u,a)),!1;case 22:
return e.flags|=65536,u===gi?e.flags|=16384:(l=e.updateQueue,l===null?(l={transitions:null,markerInstances:null,retryQueue:new Set(
[u])},e.updateQueue=l):(e=l.retryQueue,e===null?l.retryQueue=new Set([u]):e.add(u)),Fc(t,u,a)),!1}throw Error(S(435,e.tag))}
return Fc(t,u,a),Ui(),!1}if(M)return l=Tt.current,l!==null?((l.flags&65536)===0&&(l.flags|=256),l.flags|=65536,l.lanes=a,
u!==pf&&(t=Error(S(422),{cause:u}),Va(ul(t,e)))):(u!==pf&&(l=Error(S(423),{cause:u}),Va(ul(l,e))),t=t.current.alternate,
t.flags|=65536,a&=-a,t.lanes|=a,u=ul(u,e),a=Yf(t.stateNode,u,a),Qc(t,a),P!==4&&(P=2)),!1;var n=Error(S(520),{cause:u});if(n=
ul(n,e),Ya===null?Ya=[n]:Ya.push(n),P!==4&&(P=2),l===null)return!0;u=ul(u,e),e=l;do{switch(e.tag){case 3:return e.flags|=
65536,t=a&-a,e.lanes|=t,t=Yf(e.stateNode,u,t),Qc(e,t),!1;case 1:if(l=e.type,n=e.stateNode,(e.flags&128)===0&&(typeof l.getDerivedStateFromError==
"function"||n!==null&&typeof n.componentDidCatch=="function"&&(ge===null||!ge.has(n))))return e.flags|=65536,a&=-a,e.lanes|=
a,a=Mm(a),Dm(a,t,e,u),Qc(e,a),!1;break;case 22:if(e.memoizedState!==null)return e.flags|=65536,!1}e=e.return}while(e!==null);
return!1}var Wo=Error(S(461)),it=!1;function ct(t,l,e,u){l.child=t===null?Vd(l,null,e,u):Ke(l,t.child,e,u)}function I0(t,l,e,u,a){
e=e.render;var n=l.ref;if("ref"in u){var i={};for(var c in u)c!=="ref"&&(i[c]=u[c])}else i=u;return Ze(l),u=Go(t,l,e,i,n,
a),c=jo(),t!==null&&!it?(Xo(t,l,a),Vl(t,l,a)):(M&&c&&Vi(l),l.flags|=1,ct(t,l,u,a),l.child)}function P0(t,l,e,u,a){if(t===
null){var n=e.type;return typeof n=="function"&&!Co(n)&&n.defaultProps===void 0&&e.compare===null?(l.tag=15,l.type=n,Cm(
t,l,n,u,a)):(t=Kn(e.type,null,u,l,l.mode,a),t.ref=l.ref,t.return=l,l.child=t)}if(n=t.child,!Io(t,a)){var i=n.memoizedProps;
if(e=e.compare,e=e!==null?e:Xa,e(i,u)&&t.ref===l.ref)return Vl(t,l,a)}return l.flags|=1,t=Bl(n,u),t.ref=l.ref,t.return=l,
l.child=t}function Cm(t,l,e,u,a){if(t!==null){var n=t.memoizedProps;if(Xa(n,u)&&t.ref===l.ref)if(it=!1,l.pendingProps=u=
n,Io(t,a))(t.flags&131072)!==0&&(it=!0);else return l.lanes=t.lanes,Vl(t,l,a)}return Bf(t,l,e,u,a)}function Um(t,l,e,u){
var a=u.children,n=t!==null?t.memoizedState:null;if(t===null&&l.stateNode===null&&(l.stateNode={_visibility:1,_pendingMarkers:null,
_retryCache:null,_transitions:null}),u.mode==="hidden"){if((l.flags&128)!==0){if(n=n!==null?n.baseLanes|e:e,t!==null){for(u=
l.child=t.child,a=0;u!==null;)a=a|u.lanes|u.childLanes,u=u.sibling;u=a&~n}else u=0,l.child=null;return tr(t,l,n,e,u)}if((e&
536870912)!==0)l.memoizedState={baseLanes:0,cachePool:null},t!==null&&$n(l,n!==null?n.cachePool:null),n!==null?Q0(l,n):Cf(),
Kd(l);else return u=l.lanes=536870912,tr(t,l,n!==null?n.baseLanes|e:e,e,u)}else n!==null?($n(l,n.cachePool),Q0(l,n),ye(),
l.memoizedState=null):(t!==null&&$n(l,null),Cf(),ye());return ct(t,l,a,e),l.child}function Ra(t,l){return t!==null&&t.tag===
22||l.stateNode!==null||(l.stateNode={_visibility:1,_pendingMarkers:null,_retryCache:null,_transitions:null}),l.sibling}
function tr(t,l,e,u,a){var n=Ro();return n=n===null?null:{parent:nt._currentValue,pool:n},l.memoizedState={baseLanes:e,cachePool:n},
t!==null&&$n(l,null),Cf(),Kd(l),t!==null&&Ve(t,l,u,!0),l.childLanes=a,null}function Fn(t,l){return l=ki({mode:l.mode,children:l.
children},t.mode),l.ref=t.ref,t.child=l,l.return=t,l}function lr(t,l,e){return Ke(l,t.child,null,e),t=Fn(l,l.pendingProps),
t.flags|=2,Xt(l),l.memoizedState=null,t}function Zy(t,l,e){var u=l.pendingProps,a=(l.flags&128)!==0;if(l.flags&=-129,t===
null){if(M){if(u.mode==="hidden")return t=Fn(l,u),l.lanes=536870912,t.memoizedState={baseLanes:0,cachePool:null},Ra(null,
t);if(Uf(l),(t=J)?(t=Uh(t,al),t=t!==null&&t.data==="&"?t:null,t!==null&&(l.memoizedState={dehydrated:t,treeContext:Ee!==
null?{id:_l,overflow:Nl}:null,retryLane:536870912,hydrationErrors:null},e=Yd(t),e.return=l,l.child=e,mt=l,J=null)):t=null,
t===null)throw ze(l);return l.lanes=536870912,null}return Fn(l,u)}var n=t.memoizedState;if(n!==null){var i=n.dehydrated;
if(Uf(l),a)if(l.flags&256)l.flags&=-257,l=lr(t,l,e);else if(l.memoizedState!==null)l.child=t.child,l.flags|=128,l=null;else
throw Error(S(558));else if(it||Ve(t,l,e,!1),a=(e&t.childLanes)!==0,it||a){if(Oe.current===null){if(u=V,u!==null&&(i=cd(
u,e),i!==0&&i!==n.retryLane))throw n.retryLane=i,Pe(t,i),qt(u,t,i),Wo;Ui()}l=lr(t,l,e)}else t=n.treeContext,J=nl(i.nextSibling),
mt=l,M=!0,de=null,al=!1,t!==null&&wd(l,t),l=Fn(l,u),l.flags|=134221824;return l}return t=Bl(t.child,{mode:u.mode,children:u.
children}),t.ref=l.ref,l.child=t,t.return=l,t}function vu(t,l){var e=l.ref;if(e===null)t!==null&&t.ref!==null&&(l.flags|=
4194816);else{if(typeof e!="function"&&typeof e!="object")throw Error(S(284));(t===null||t.ref!==e)&&(l.flags|=4194816)}}
function Bf(t,l,e,u,a){return Ze(l),e=Go(t,l,e,u,void 0,a),u=jo(),t!==null&&!it?(Xo(t,l,a),Vl(t,l,a)):(M&&u&&Vi(l),l.flags|=
1,ct(t,l,e,a),l.child)}function er(t,l,e,u,a,n){return Ze(l),l.updateQueue=null,e=$d(l,u,e,a),Jd(t),u=jo(),t!==null&&!it?
(Xo(t,l,n),Vl(t,l,n)):(M&&u&&Vi(l),l.flags|=1,ct(t,l,e,n),l.child)}function ur(t,l,e,u,a){if(Ze(l),l.stateNode===null){var n=Nu,
i=e.contextType;typeof i=="object"&&i!==null&&(n=yt(i)),n=new e(u,n),l.memoizedState=n.state!==null&&n.state!==void 0?n.
state:null,n.updater=qf,l.stateNode=n,n._reactInternals=l,n=l.stateNode,n.props=u,n.state=l.memoizedState,n.refs={},qo(l),
i=e.contextType,n.context=typeof i=="object"&&i!==null?yt(i):Nu,n.state=l.memoizedState,i=e.getDerivedStateFromProps,typeof i==
"function"&&(Zc(l,e,i,u),n.state=l.memoizedState),typeof e.getDerivedStateFromProps=="function"||typeof n.getSnapshotBeforeUpdate==
"function"||typeof n.UNSAFE_componentWillMount!="function"&&typeof n.componentWillMount!="function"||(i=n.state,typeof n.
componentWillMount=="function"&&n.componentWillMount(),typeof n.UNSAFE_componentWillMount=="function"&&n.UNSAFE_componentWillMount(),
i!==n.state&&qf.enqueueReplaceState(n,n.state,null),Ua(l,u,n,a),Ca(),n.state=l.memoizedState),typeof n.componentDidMount==
"function"&&(l.flags|=4194308),u=!0}else if(t===null){n=l.stateNode;var c=l.memoizedProps,f=$e(e,c);n.props=f;var r=n.context,
v=e.contextType;i=Nu,typeof v=="object"&&v!==null&&(i=yt(v));var y=e.getDerivedStateFromProps;v=typeof y=="function"||typeof n.
getSnapshotBeforeUpdate=="function",c=l.pendingProps!==c,v||typeof n.UNSAFE_componentWillReceiveProps!="function"&&typeof n.
componentWillReceiveProps!="function"||(c||r!==i)&&W0(l,n,u,i),ue=!1;var s=l.memoizedState;n.state=s,Ua(l,u,n,a),Ca(),r=
l.memoizedState,c||s!==r||ue?(typeof y=="function"&&(Zc(l,e,y,u),r=l.memoizedState),(f=ue||k0(l,e,f,u,s,r,i))?(v||typeof n.
UNSAFE_componentWillMount!="function"&&typeof n.componentWillMount!="function"||(typeof n.componentWillMount=="function"&&
n.componentWillMount(),typeof n.UNSAFE_componentWillMount=="function"&&n.UNSAFE_componentWillMount()),typeof n.componentDidMount==
"function"&&(l.flags|=4194308)):(typeof n.componentDidMount=="function"&&(l.flags|=4194308),l.memoizedProps=u,l.memoizedState=
r),n.props=u,n.state=r,n.context=i,u=f):(typeof n.componentDidMount=="function"&&(l.flags|=4194308),u=!1)}else{n=l.stateNode,
Mf(t,l),i=l.memoizedProps,v=$e(e,i),n.props=v,y=l.pendingProps,s=n.context,r=e.contextType,f=Nu,typeof r=="object"&&r!==
null&&(f=yt(r)),c=e.getDerivedStateFromProps,(r=typeof c=="function"||typeof n.getSnapshotBeforeUpdate=="function")||typeof n.
UNSAFE_componentWillReceiveProps!="function"&&typeof n.componentWillReceiveProps!="function"||(i!==y||s!==f)&&W0(l,n,u,f),
ue=!1,s=l.memoizedState,n.state=s,Ua(l,u,n,a),Ca();var h=l.memoizedState;i!==y||s!==h||ue||t!==null&&t.dependencies!==null&&
yi(t.dependencies)?(typeof c=="function"&&(Zc(l,e,c,u),h=l.memoizedState),(v=ue||k0(l,e,v,u,s,h,f)||t!==null&&t.dependencies!==
null&&yi(t.dependencies))?(r||typeof n.UNSAFE_componentWillUpdate!="function"&&typeof n.componentWillUpdate!="function"||
(typeof n.componentWillUpdate=="function"&&n.componentWillUpdate(u,h,f),typeof n.UNSAFE_componentWillUpdate=="function"&&
n.UNSAFE_componentWillUpdate(u,h,f)),typeof n.componentDidUpdate=="function"&&(l.flags|=4),typeof n.getSnapshotBeforeUpdate==
"function"&&(l.flags|=1024)):(typeof n.componentDidUpdate!="function"||i===t.memoizedProps&&s===t.memoizedState||(l.flags|=
4),typeof n.getSnapshotBeforeUpdate!="function"||i===t.memoizedProps&&s===t.memoizedState||(l.flags|=1024),l.memoizedProps=
u,l.memoizedState=h),n.props=u,n.state=h,n.context=f,u=v):(typeof n.componentDidUpdate!="function"||i===t.memoizedProps&&
s===t.memoizedState||(l.flags|=4),typeof n.getSnapshotBeforeUpdate!="function"||i===t.memoizedProps&&s===t.memoizedState||
(l.flags|=1024),u=!1)}return n=u,vu(t,l),u=(l.flags&128)!==0,n||u?(n=l.stateNode,e=u&&typeof e.getDerivedStateFromError!=
"function"?null:n.render(),l.flags|=1,t!==null&&u?(l.child=Ke(l,t.child,null,a),l.child=Ke(l,null,e,a)):ct(t,l,e,a),l.memoizedState=
n.state,t=l.child):t=Vl(t,l,a),t}function ar(t,l,e,u){return Qe(),l.flags|=256,ct(t,l,e,u),l.child}var wf={dehydrated:null,
treeContext:null,retryLane:0,hydrationErrors:null};function Gf(t){return{baseLanes:t,cachePool:jd()}}function jf(t,l,e){
return t=t!==null?t.childLanes&~e:0,l&&(t|=Vt),t}function Hm(t,l,e){var u=l.pendingProps,a=!1,n=(l.flags&128)!==0,i;if((i=
n)||(i=t!==null&&t.memoizedState===null?!1:(St.current&2)!==0),i&&(a=!0,l.flags&=-129),i=(l.flags&32)!==0,l.flags&=-33,t===
null){if(M){if(a?ve(l):ye(),(t=J)?(t=Uh(t,al),t=t!==null&&t.data!=="&"?t:null,t!==null&&(l.memoizedState={dehydrated:t,treeContext:Ee!==
null?{id:_l,overflow:Nl}:null,retryLane:536870912,hydrationErrors:null},e=Yd(t),e.return=l,l.child=e,mt=l,J=null)):t=null,
t===null)throw ze(l);return ss(t)?l.lanes=32:l.lanes=536870912,null}return n=u.children,u=u.fallback,a?(ye(),a=l.mode,n=
ki({mode:"hidden",children:n},a),u=we(u,a,e,null),n.return=l,u.return=l,n.sibling=u,l.child=n,u=l.child,u.memoizedState=
Gf(e),u.childLanes=jf(t,i,e),l.memoizedState=wf,Ra(null,u)):(ve(l),Fo(l,n))}var c=t.memoizedState;if(c!==null){var f=c.dehydrated;
if(f!==null)return Ly(t,l,n,i,u,f,c,e)}return a?(ye(),a=u.fallback,n=l.mode,c=t.child,f=c.sibling,u=Bl(c,{mode:"hidden",
children:u.children}),u.subtreeFlags=c.subtreeFlags&1206910976,f!==null?a=Bl(f,a):(a=we(a,n,e,null),a.flags|=2),a.return=
l,u.return=l,u.sibling=a,l.child=u,Ra(null,u),u=l.child,a=t.child.memoizedState,a===null?a=Gf(e):(n=a.cachePool,n!==null?
(c=nt._currentValue,n=n.parent!==c?{parent:c,pool:c}:n):n=jd(),a={baseLanes:a.baseLanes|e,cachePool:n}),u.memoizedState=
a,u.childLanes=jf(t,i,e),l.memoizedState=wf,Ra(t.child,u)):(ve(l),e=t.child,t=e.sibling,e=Bl(e,{mode:"visible",children:u.
children}),e.return=l,e.sibling=null,t!==null&&(i=l.deletions,i===null?(l.deletions=[t],l.flags|=16):i.push(t)),l.child=
e,l.memoizedState=null,e)}function Fo(t,l){return l=ki({mode:"visible",children:l},t.mode),l.return=t,t.child=l}function ki(t,l){
return t=xt(22,t,null,l),t.lanes=0,t}function Hn(t,l,e){return Ke(l,t.child,null,e),t=Fo(l,l.pendingProps.children),t.flags|=
2,l.memoizedState=null,t}function Ly(t,l,e,u,a,n,i,c){if(e)return l.flags&256?(ve(l),l.flags&=-257,Hn(t,l,c)):l.memoizedState!==
null?(ye(),l.child=t.child,l.flags|=128,null):(ye(),n=a.fallback,i=l.mode,a=ki({mode:"visible",children:a.children},i),n=
we(n,i,c,null),n.flags|=2,a.return=l,n.return=l,a.sibling=n,l.child=a,Ke(l,t.child,null,c),a=l.child,a.memoizedState=Gf(
c),a.childLanes=jf(t,u,c),l.memoizedState=wf,Ra(null,a));if(ve(l),ss(n)){if(u=n.nextSibling&&n.nextSibling.dataset,u)var f=u.
dgst;return u=f,u!==""&&(a=Error(S(419)),a.stack="",a.digest=u,Va({value:a,source:null,stack:null})),Hn(t,l,c)}if(it||Ve(
t,l,c,!1),u=(c&t.childLanes)!==0,it||u){if(Oe.current!==null)return Hn(t,l,c);if(u=V,u!==null&&(a=cd(u,c),a!==0&&a!==i.retryLane))
throw i.retryLane=a,Pe(t,a),qt(u,t,a),Wo;return ro(n)||Ui(),Hn(t,l,c)}return ro(n)?(l.flags|=192,l.child=t.child,null):(t=
i.treeContext,J=nl(n.nextSibling),mt=l,M=!0,de=null,al=!1,t!==null&&wd(l,t),l=Fo(l,a.children),l.flags|=134221824,l)}function nr(t,l,e){
t.lanes|=l;var u=t.alternate;u!==null&&(u.lanes|=l),Jn(t.return,l,e)}function ir(t){for(var l=null;t!==null;){var e=t.alternate;
e!==null&&bi(e)===null&&(l=t),t=t.sibling}return l}function Rn(t,l,e,u,a,n){var i=t.memoizedState;i===null?t.memoizedState=
{isBackwards:l,rendering:null,renderingStartTime:0,last:u,tail:e,tailMode:a,treeForkCount:n}:(i.isBackwards=l,i.rendering=
null,i.renderingStartTime=0,i.last=u,i.tail=e,i.tailMode=a,i.treeForkCount=n)}function Lc(t){var l=t.child;for(t.child=null;l!==
null;){var e=l.sibling;l.sibling=t.child,t.child=l,l=e}}function Xf(t,l,e){var u=l.pendingProps,a=u.revealOrder,n=u.tail;
u=u.children;var i=St.current;if(l.flags&128)return La(l,i),null;var c=(i&2)!==0;if(c?(i=i&1|2,l.flags|=128):i&=1,La(l,i),
a==="backwards"&&t!==null?(Lc(t),ct(t,l,u,e),Lc(t)):ct(t,l,u,e),u=M?Qa:0,!c&&t!==null&&(t.flags&128)!==0)t:for(t=l.child;t!==
null;){if(t.tag===13)t.memoizedState!==null&&nr(t,e,l);else if(t.tag===19)nr(t,e,l);else if(t.child!==null){t.child.return=
t,t=t.child;continue}if(t===l)break t;for(;t.sibling===null;){if(t.return===null||t.return===l)break t;t=t.return}t.sibling.
return=t.return,t=t.sibling}switch(a){case"backwards":e=ir(l.child),e===null?(a=l.child,l.child=null):(a=e.sibling,e.sibling=
null,Lc(l)),Rn(l,!0,a,null,n,u);break;case"unstable_legacy-backwards":for(e=null,a=l.child,l.child=null;a!==null;){if(t=
a.alternate,t!==null&&bi(t)===null){l.child=a;break}t=a.sibling,a.sibling=e,e=a,a=t}Rn(l,!0,e,null,n,u);break;case"toget\
her":Rn(l,!1,null,null,void 0,u);break;case"independent":l.memoizedState=null;break;default:e=ir(l.child),e===null?(a=l.
child,l.child=null):(a=e.sibling,e.sibling=null),Rn(l,!1,a,e,n,u)}return l.child}function cr(t,l,e){var u=l.pendingProps;
return ce(l,l.type,u.value),ct(t,l,u.children,e),l.child}function Vl(t,l,e){if(t!==null&&(l.dependencies=t.dependencies),
_e|=l.lanes,(e&l.childLanes)===0)if(t!==null){if(Ve(t,l,e,!1),(e&l.childLanes)===0)return null}else return null;if(t!==null&&
l.child!==t.child)throw Error(S(153));if(l.child!==null){for(t=l.child,e=Bl(t,t.pendingProps),l.child=e,e.return=l;t.sibling!==
null;)t=t.sibling,e=e.sibling=Bl(t,t.pendingProps),e.return=l;e.sibling=null}return l.child}function Io(t,l){return(t.lanes&
l)!==0?!0:(t=t.dependencies,!!(t!==null&&yi(t)))}function Ky(t,l,e){switch(l.tag){case 3:fi(l,l.stateNode.containerInfo),
ce(l,nt,t.memoizedState.cache),Qe();break;case 27:case 5:hf(l);break;case 4:fi(l,l.stateNode.containerInfo);break;case 10:
ce(l,l.type,l.memoizedProps.value);break;case 31:if(l.memoizedState!==null)return l.flags|=128,Uf(l),null;break;case 13:
var u=l.memoizedState;if(u!==null){if(u.dehydrated!==null)return ve(l),l.flags|=128,null;u=Ve(t,l,e,!1);var a=l.child.childLanes;
return u||(e&a)!==0?Hm(t,l,e):(ve(l),t=Vl(t,l,e),t!==null?t.sibling:null)}ve(l);break;case 19:if(l.flags&128)return Xf(t,
l,e);if(a=(t.flags&128)!==0,u=(e&l.childLanes)!==0,u||(Ve(t,l,e,!1),u=(e&l.childLanes)!==0),a){if(u)return Xf(t,l,e);l.flags|=
128}if(a=l.memoizedState,a!==null&&(a.rendering=null,a.tail=null,a.lastEffect=null),La(l,St.current),u)break;return null;case 22:
return l.lanes=0,Um(t,l,e,l.pendingProps);case 24:ce(l,nt,t.memoizedState.cache)}return Vl(t,l,e)}function Rm(t,l,e){if(t!==
null)if(t.memoizedProps!==l.pendingProps)it=!0;else{if(!Io(t,e)&&(l.flags&128)===0)return it=!1,Ky(t,l,e);it=(t.flags&131072)!==
0}else it=!1,M&&(l.flags&1048576)!==0&&Bd(l,Qa,l.index);switch(l.lanes=0,l.tag){case 16:t:{var u=l.pendingProps;if(t=Re(
l.elementType),l.type=t,typeof t=="function")Co(t)?(u=$e(t,u),l.tag=1,l=ur(null,l,t,u,e)):(l.tag=0,l=Bf(null,l,t,u,e));else{
if(t!=null){var a=t.$$typeof;if(a===go){l.tag=11,l=I0(null,l,t,u,e);break t}else if(a===So){l.tag=14,l=P0(null,l,t,u,e);
break t}else if(a===Ol){l.tag=10,l.type=t,l=cr(null,l,e);break t}}throw l=df(t)||t,Error(S(306,l,""))}}return l;case 0:return Bf(
t,l,l.type,l.pendingProps,e);case 1:return u=l.type,a=$e(u,l.pendingProps),ur(t,l,u,a,e);case 3:t:{if(fi(l,l.stateNode.containerInfo),
t===null)throw Error(S(387));u=l.pendingProps;var n=l.memoizedState;a=n.element,Mf(t,l),Ua(l,u,null,e);var i=l.memoizedState;
if(u=i.cache,ce(l,nt,u),u!==n.cache&&Nf(l,[nt],e,!0),Ca(),u=i.element,n.isDehydrated)if(n={element:u,isDehydrated:!1,cache:i.
cache},l.updateQueue.baseState=n,l.memoizedState=n,l.flags&256){l=ar(t,l,u,e);break t}else if(u!==a){a=ul(Error(S(424)),
l),Va(a),l=ar(t,l,u,e);break t}else for(t=l.stateNode.containerInfo,t.nodeType===9?t=t.body:t=t.nodeName==="HTML"?t.ownerDocument.
body:t,J=nl(t.firstChild),mt=l,M=!0,de=null,al=!0,e=Vd(l,null,u,e),l.child=e;e;)e.flags=e.flags&-3|134221824,e=e.sibling;else{
if(Qe(),u===a){l=Vl(t,l,e);break t}ct(t,l,u,e)}l=l.child}return l;case 26:return vu(t,l),t===null?(e=xr(l.type,null,l.pendingProps,
null))?l.memoizedState=e:M||(l.stateNode=zh(l.type,l.pendingProps,re.current,l)):l.memoizedState=xr(l.type,t.memoizedProps,
l.pendingProps,t.memoizedState),null;case 27:return hf(l),t===null&&M&&(u=l.stateNode=Hh(l.type,l.pendingProps,re.current),
mt=l,al=!0,a=J,Ae(l.type)?(mo=a,J=nl(u.firstChild)):J=a),ct(t,l,l.pendingProps.children,e),vu(t,l),t===null&&(l.flags|=4194304),
l.child;case 5:return t===null&&M&&((a=u=J)&&(u=wg(u,l.type,l.pendingProps,al),u!==null?(l.stateNode=u,mt=l,J=nl(u.firstChild),
al=!1,a=!0):a=!1),a||ze(l)),hf(l),a=l.type,n=l.pendingProps,i=t!==null?t.memoizedProps:null,u=n.children,fo(a,n)?u=null:
i!==null&&fo(a,i)&&(l.flags|=32),l.memoizedState!==null&&(a=Go(t,l,qy,null,null,e),Wu._currentValue=a),vu(t,l),ct(t,l,u,
e),l.child;case 6:return t===null&&M&&((t=e=J)&&(e=Gg(e,l.pendingProps,al),e!==null?(l.stateNode=e,mt=l,J=null,t=!0):t=!1),
t||ze(l)),null;case 13:return Hm(t,l,e);case 4:return fi(l,l.stateNode.containerInfo),u=l.pendingProps,t===null?l.child=
Ke(l,null,u,e):ct(t,l,u,e),l.child;case 11:return I0(t,l,l.type,l.pendingProps,e);case 7:return u=l.pendingProps,vu(t,l),
ct(t,l,u,e),l.child;case 8:return ct(t,l,l.pendingProps.children,e),l.child;case 12:return ct(t,l,l.pendingProps.children,
e),l.child;case 10:return cr(t,l,e);case 9:return a=l.type._context,u=l.pendingProps.children,Ze(l),a=yt(a),u=u(a),l.flags|=
1,ct(t,l,u,e),l.child;case 14:return P0(t,l,l.type,l.pendingProps,e);case 15:return Cm(t,l,l.type,l.pendingProps,e);case 19:
return Xf(t,l,e);case 31:return Zy(t,l,e);case 22:return Um(t,l,e,l.pendingProps);case 24:return Ze(l),u=yt(nt),t===null?
(a=Ro(),a===null&&(a=V,n=Ho(),a.pooledCache=n,n.refCount++,n!==null&&(a.pooledCacheLanes|=e),a=n),l.memoizedState={parent:u,
cache:a},qo(l),ce(l,nt,a)):((t.lanes&e)!==0&&(Mf(t,l),Ua(l,null,null,e),Ca()),a=t.memoizedState,n=l.memoizedState,a.parent!==
u?(a={parent:u,cache:u},l.memoizedState=a,l.lanes===0&&(l.memoizedState=l.updateQueue.baseState=a),ce(l,nt,u)):(u=n.cache,
ce(l,nt,u),u!==a.cache&&Nf(l,[nt],e,!0))),ct(t,l,l.pendingProps.children,e),l.child;case 30:return l.stateNode===null&&(l.
stateNode={autoName:null,paired:null,clones:null,ref:null}),u=l.pendingProps,u.name!=null&&u.name!=="auto"?l.flags|=t===
null?18882560:18874368:M&&Vi(l),t!==null&&t.memoizedProps.name!==u.name?l.flags|=4194816:vu(t,l),ct(t,l,u.children,e),l.
child;case 29:throw l.pendingProps}throw Error(S(156,l.tag))}function xl(t){t.flags|=4}function Kc(t,l,e,u,a){var n;if((n=
(t.mode&32)!==0)&&(n=e===null?Br(l,u):Br(l,u)&&(u.src!==e.src||u.srcSet!==e.srcSet)),n){if(t.flags|=16777216,(a&335544128)===
a)if(t.stateNode.complete)t.flags|=8192;else if(fh())t.flags|=8192;else throw je=gi,xo}else t.flags&=-16777217}function fr(t,l){
if(l.type!=="stylesheet"||(l.state.loading&4)!==0)t.flags&=-16777217;else if(t.flags|=16777216,!Yh(l))if(fh())t.flags|=8192;else
throw je=gi,xo}function xn(t,l){l!==null&&(t.flags|=4),t.flags&16384&&(l=t.tag!==22?ad():536870912,t.lanes|=l,Zu|=l)}function ya(t,l){
if(!M)switch(t.tailMode){case"visible":break;case"collapsed":for(var e=t.tail,u=null;e!==null;)e.alternate!==null&&(u=e),
e=e.sibling;u===null?l||t.tail===null?t.tail=null:t.tail.sibling=null:u.sibling=null;break;default:for(l=t.tail,e=null;l!==
null;)l.alternate!==null&&(e=l),l=l.sibling;e===null?t.tail=null:e.sibling=null}}function K(t){var l=t.alternate!==null&&
t.alternate.child===t.child,e=0,u=0;if(l)for(var a=t.child;a!==null;)e|=a.lanes|a.childLanes,u|=a.subtreeFlags&1206910976,
u|=a.flags&1206910976,a.return=t,a=a.sibling;else for(a=t.child;a!==null;)e|=a.lanes|a.childLanes,u|=a.subtreeFlags,u|=a.
flags,a.return=t,a=a.sibling;return t.subtreeFlags|=u,t.childLanes=e,l}function Jy(t,l,e){var u=l.pendingProps;switch(Uo(
l),l.tag){case 16:case 15:case 0:case 11:case 7:case 8:case 12:case 9:case 14:return K(l),null;case 1:return K(l),null;case 3:
return e=l.stateNode,u=null,t!==null&&(u=t.memoizedState.cache),l.memoizedState.cache!==u&&(l.flags|=2048),wl(nt),ju(),e.
pendingContext&&(e.context=e.pendingContext,e.pendingContext=null),(t===null||t.child===null)&&(mu(l)?xl(l):t===null||t.
memoizedState.isDehydrated&&(l.flags&256)===0||(l.flags|=1024,Xc())),K(l),null;case 26:var a=l.type,n=l.memoizedState;return t===
null?(xl(l),n!==null?(K(l),fr(l,n)):(K(l),Kc(l,a,null,u,e))):n?n!==t.memoizedState?(xl(l),K(l),fr(l,n)):(K(l),l.flags&=-16777217):
(t=t.memoizedProps,t!==u&&xl(l),K(l),Kc(l,a,t,u,e)),null;case 27:if(oi(l),e=re.current,a=l.type,t!==null&&l.stateNode!=null)
t.memoizedProps!==u&&xl(l);else{if(!u){if(l.stateNode===null)throw Error(S(166));return K(l),l.subtreeFlags&=-33554433,null}
t=Al.current,mu(l)?q0(l,t):(t=Hh(a,u,e),l.stateNode=t,xl(l))}return K(l),l.subtreeFlags&=-33554433,null;case 5:if(oi(l),
a=l.type,t!==null&&l.stateNode!=null)t.memoizedProps!==u&&xl(l);else{if(!u){if(l.stateNode===null)throw Error(S(166));return K(
l),l.subtreeFlags&=-33554433,null}if(n=Al.current,mu(l))q0(l,n);else{var i=ka(re.current);switch(n){case 1:n=i.createElementNS(
"http://www.w3.org/2000/svg",a);break;case 2:n=i.createElementNS("http://www.w3.org/1998/Math/MathML",a);break;default:switch(a){case"\
svg":n=i.createElementNS("http://www.w3.org/2000/svg",a);break;case"math":n=i.createElementNS("http://www.w3.org/1998/Ma\
th/MathML",a);break;case"script":n=i.createElement("div"),n.innerHTML="<script><\/script>",n=n.removeChild(n.firstChild);
break;case"select":n=typeof u.is=="string"?i.createElement("select",{is:u.is}):i.createElement("select"),u.multiple?n.multiple=
!0:u.size&&(n.size=u.size);break;default:n=typeof u.is=="string"?i.createElement(a,{is:u.is}):i.createElement(a)}}n[vt]=
l,n[Bt]=u;t:for(i=l.child;i!==null;){if(i.tag===5||i.tag===6)n.appendChild(i.stateNode);else if(i.tag!==4&&i.tag!==27&&i.
child!==null){i.child.return=i,i=i.child;continue}if(i===l)break t;for(;i.sibling===null;){if(i.return===null||i.return===
l)break t;i=i.return}i.sibling.return=i.return,i=i.sibling}l.stateNode=n;t:switch(bt(n,a,u),a){case"button":case"input":case"\
select":case"textarea":u=!!u.autoFocus;break t;case"img":u=!0;break t;default:u=!1}u&&xl(l)}}return K(l),l.subtreeFlags&=
-33554433,Kc(l,l.type,t===null?null:t.memoizedProps,l.pendingProps,e),null;case 6:if(t&&l.stateNode!=null)t.memoizedProps!==
u&&xl(l);else{if(typeof u!="string"&&l.stateNode===null)throw Error(S(166));if(t=re.current,mu(l)){if(t=l.stateNode,e=l.
memoizedProps,u=null,a=mt,a!==null)switch(a.tag){case 27:case 5:u=a.memoizedProps}t[vt]=l,t=!!(t.nodeValue===e||u!==null&&
u.suppressHydrationWarning===!0||Th(t.nodeValue,e)),t||ze(l,!0)}else t=ka(t).createTextNode(u),t[vt]=l,l.stateNode=t}return K(
l),null;case 31:if(e=l.memoizedState,t===null||t.memoizedState!==null){if(u=mu(l),e!==null){if(t===null){if(!u)throw Error(
S(318));if(t=l.memoizedState,t=t!==null?t.dehydrated:null,!t)throw Error(S(557));t[vt]=l}else Qe(),(l.flags&128)===0&&(l.
memoizedState=null),l.flags|=4;K(l),t=!1}else e=Xc(),t!==null&&t.memoizedState!==null&&(t.memoizedState.hydrationErrors=
e),t=!0;if(!t)return l.flags&256?(Xt(l),l):(Xt(l),null);if((l.flags&128)!==0)throw Error(S(558))}return K(l),null;case 13:
if(u=l.memoizedState,t===null||t.memoizedState!==null&&t.memoizedState.dehydrated!==null){if(a=mu(l),u!==null&&u.dehydrated!==
null){if(t===null){if(!a)throw Error(S(318));if(a=l.memoizedState,a=a!==null?a.dehydrated:null,!a)throw Error(S(317));a[vt]=
l}else Qe(),(l.flags&128)===0&&(l.memoizedState=null),l.flags|=4;K(l),a=!1}else a=Xc(),t!==null&&t.memoizedState!==null&&
(t.memoizedState.hydrationErrors=a),a=!0;if(!a)return l.flags&256?(Xt(l),l):(Xt(l),null)}return Xt(l),(l.flags&128)!==0?
(l.lanes=e,l):(e=u!==null,t=t!==null&&t.memoizedState!==null,e&&(u=l.child,a=null,u.alternate!==null&&u.alternate.memoizedState!==
null&&u.alternate.memoizedState.cachePool!==null&&(a=u.alternate.memoizedState.cachePool.pool),n=null,u.memoizedState!==
null&&u.memoizedState.cachePool!==null&&(n=u.memoizedState.cachePool.pool),n!==a&&(u.flags|=2048)),e!==t&&e&&(l.child.flags|=
8192),xn(l,l.updateQueue),K(l),null);case 4:return ju(),t===null&&cs(l.stateNode.containerInfo),l.flags|=67108864,K(l),null;case 10:
return wl(l.type),K(l),null;case 19:if(Bo(l),u=l.memoizedState,u===null)return K(l),null;if(a=(l.flags&128)!==0,n=u.rendering,
n===null)if(a)ya(u,!1);else{if(P!==0||t!==null&&(t.flags&128)!==0)for(t=l.child;t!==null;){if(n=bi(t),n!==null){for(l.flags|=
128,ya(u,!1),t=n.updateQueue,l.updateQueue=t,xn(l,t),l.subtreeFlags=0,t=e,e=l.child;e!==null;)qd(e,t),e=e.sibling;return La(
l,St.current&1|2),M&&ql(l,u.treeForkCount),l.child}t=t.sibling}u.tail!==null&&Zt()>Di&&(l.flags|=128,a=!0,ya(u,!1),l.lanes=
4194304)}else{if(!a)if(t=bi(n),t!==null){if(l.flags|=128,a=!0,t=t.updateQueue,l.updateQueue=t,xn(l,t),ya(u,!0),u.tail===
null&&u.tailMode!=="collapsed"&&u.tailMode!=="visible"&&!n.alternate&&!M)return K(l),null}else 2*Zt()-u.renderingStartTime>
Di&&e!==536870912&&(l.flags|=128,a=!0,ya(u,!1),l.lanes=4194304);u.isBackwards?(n.sibling=l.child,l.child=n):(t=u.last,t!==
null?t.sibling=n:l.child=n,u.last=n)}if(u.tail!==null){t=u.tail;t:{for(e=t;e!==null;){if(e.alternate!==null){e=!1;break t}
e=e.sibling}e=!0}return u.rendering=t,u.tail=t.sibling,u.renderingStartTime=Zt(),t.sibling=null,n=St.current,n=a?n&1|2:n&
1,u.tailMode==="visible"||u.tailMode==="collapsed"||!e||M?La(l,n):(e=n,$(Tt,l),$(St,e),Ot===null&&(Ot=l)),M&&ql(l,u.treeForkCount),
t}return K(l),null;case 22:case 23:return Xt(l),Yo(),u=l.memoizedState!==null,t!==null?t.memoizedState!==null!==u&&(l.flags|=
8192):u&&(l.flags|=8192),u?(e&536870912)!==0&&(l.flags&128)===0&&(K(l),l.subtreeFlags&6&&(l.flags|=8192)):K(l),e=l.updateQueue,
e!==null&&xn(l,e.retryQueue),e=null,t!==null&&t.memoizedState!==null&&t.memoizedState.cachePool!==null&&(e=t.memoizedState.
cachePool.pool),u=null,l.memoizedState!==null&&l.memoizedState.cachePool!==null&&(u=l.memoizedState.cachePool.pool),u!==
e&&(l.flags|=2048),t!==null&&gt(Ge),null;case 24:return e=null,t!==null&&(e=t.memoizedState.cache),l.memoizedState.cache!==
e&&(l.flags|=2048),wl(nt),K(l),null;case 25:return null;case 30:return l.flags|=33554432,K(l),null}throw Error(S(156,l.tag))}
function $y(t,l){switch(Uo(l),l.tag){case 1:return t=l.flags,t&65536?(l.flags=t&-65537|128,l):null;case 3:return wl(nt),
ju(),t=l.flags,(t&65536)!==0&&(t&128)===0?(l.flags=t&-65537|128,l):null;case 26:case 27:case 5:return oi(l),null;case 31:
if(l.memoizedState!==null){if(Xt(l),l.alternate===null)throw Error(S(340));Qe()}return t=l.flags,t&65536?(l.flags=t&-65537|
128,l):null;case 13:if(Xt(l),t=l.memoizedState,t!==null&&t.dehydrated!==null){if(l.alternate===null)throw Error(S(340));
Qe()}return t=l.flags,t&65536?(l.flags=t&-65537|128,l):null;case 19:return Bo(l),t=l.flags,t&65536?(l.flags=t&-65537|128,
t=l.memoizedState,t!==null&&(t.rendering=null,t.tail=null),l.flags|=4,l):null;case 4:return ju(),null;case 10:return wl(
l.type),null;case 22:case 23:return Xt(l),Yo(),t!==null&&gt(Ge),t=l.flags,t&65536?(l.flags=t&-65537|128,l):null;case 24:
return wl(nt),null;case 25:return null;default:return null}}function xm(t,l){switch(Uo(l),l.tag){case 3:wl(nt),ju();break;case 26:case 27:case 5:
oi(l);break;case 4:ju();break;case 31:l.memoizedState!==null&&Xt(l);break;case 13:Xt(l);break;case 19:Bo(l);break;case 10:
wl(l.type);break;case 22:case 23:Xt(l),Yo(),t!==null&&gt(Ge);break;case 24:wl(nt)}}function on(t,l){try{var e=l.updateQueue,
u=e!==null?e.lastEffect:null;if(u!==null){var a=u.next;e=a;do{if((e.tag&t)===t){u=void 0;var n=e.create,i=e.inst;u=n(),i.
destroy=u}e=e.next}while(e!==a)}}catch(c){X(l,l.return,c)}}function pe(t,l,e){try{var u=l.updateQueue,a=u!==null?u.lastEffect:
null;if(a!==null){var n=a.next;u=n;do{if((u.tag&t)===t){var i=u.inst,c=i.destroy;if(c!==void 0){i.destroy=void 0,a=l;var f=e,
r=c;try{r()}catch(v){X(a,f,v)}}}u=u.next}while(u!==n)}}catch(v){X(l,l.return,v)}}function qm(t){var l=t.updateQueue;if(l!==
null){var e=t.stateNode;try{Ld(l,e)}catch(u){X(t,t.return,u)}}}function Ym(t,l,e){e.props=$e(t.type,t.memoizedProps),e.state=
t.memoizedState;try{e.componentWillUnmount()}catch(u){X(t,l,u)}}function El(t,l){try{var e=t.ref;if(e!==null){switch(t.tag){case 26:case 27:case 5:
var u=t.stateNode;break;case 30:var a=t.stateNode,n=jl(t.memoizedProps,a);(a.ref===null||a.ref.name!==n)&&(a.ref=Nh(n)),
u=a.ref;break;case 7:if(t.stateNode===null){var i=new kt(t);Yt(t.child,!1,Yg,i,void 0,void 0),t.stateNode=i}u=t.stateNode;
break;default:u=t.stateNode}typeof e=="function"?t.refCleanup=e(u):e.current=u}}catch(c){X(t,l,c)}}function ht(t,l){var e=t.
ref,u=t.refCleanup;if(e!==null)if(typeof u=="function")try{u()}catch(a){X(t,l,a)}finally{t.refCleanup=null,t=t.alternate,
t!=null&&(t.refCleanup=null)}else if(typeof e=="function")try{e(null)}catch(a){X(t,l,a)}else e.current=null}function pi(t,l){
if((t.tag===5||t.tag===27||t.tag===6)&&t.alternate===null&&l!==null)for(var e=0;e<l.length;e++)Ch(t.stateNode,l[e])}function or(t){
for(var l=t.return;l!==null&&(ts(l)&&Ch(t.stateNode,l.stateNode),!Po(l));)l=l.return}function xa(t){for(var l=t.return;l!==
null&&(ts(l)&&Bg(t.stateNode,l.stateNode),!Po(l));)l=l.return}function Po(t){return t.tag===5||t.tag===3||t.tag===27}function ts(t){
return t&&t.tag===7&&t.stateNode!==null}function Qf(t){var l=t.type,e=t.memoizedProps,u=t.stateNode;try{t:switch(l){case"\
button":case"input":case"select":case"textarea":e.autoFocus&&u.focus();break t;case"img":e.src?u.src=e.src:e.srcSet&&(u.
srcset=e.srcSet)}}catch(a){X(t,t.return,a)}}function Jc(t,l,e){try{var u=t.stateNode;Sg(u,t.type,e,l),u[Bt]=l}catch(a){X(
t,t.return,a)}}function Bm(t){return t.tag===5||t.tag===3||t.tag===26||t.tag===27&&Ae(t.type)||t.tag===4}function $c(t){
t:for(;;){for(;t.sibling===null;){if(t.return===null||Bm(t.return))return null;t=t.return}for(t.sibling.return=t.return,
t=t.sibling;t.tag!==5&&t.tag!==6&&t.tag!==18;){if(t.tag===27&&Ae(t.type)||t.flags&2||t.child===null||t.tag===4)continue t;
t.child.return=t,t=t.child}if(!(t.flags&2))return t.stateNode}}function Vf(t,l,e,u){var a=t.tag;if(a===5||a===6)a=t.stateNode,
l?(e.nodeType===9?e.body:e.nodeName==="HTML"?e.ownerDocument.body:e).insertBefore(a,l):(l=e.nodeType===9?e.body:e.nodeName===
"HTML"?e.ownerDocument.body:e,l.appendChild(a),e=e._reactRootContainer,e!=null||l.onclick!==null||(l.onclick=pl)),pi(t,u),
x=!0;else if(a!==4&&(a===27&&(pi(t,u),u=null,Ae(t.type)&&(e=t.stateNode,l=null)),t=t.child,t!==null))for(Vf(t,l,e,u),t=t.
sibling;t!==null;)Vf(t,l,e,u),t=t.sibling}function _i(t,l,e,u){var a=t.tag;if(a===5||a===6)a=t.stateNode,l?e.insertBefore(
a,l):e.appendChild(a),pi(t,u),x=!0;else if(a!==4&&(a===27&&(pi(t,u),u=null,Ae(t.type)&&(e=t.stateNode)),t=t.child,t!==null))
for(_i(t,l,e,u),t=t.sibling;t!==null;)_i(t,l,e,u),t=t.sibling}function wm(t){var l=t.stateNode,e=t.memoizedProps;try{for(var u=t.
type,a=l.attributes;a.length;)l.removeAttributeNode(a[0]);bt(l,u,e),l[vt]=t,l[Bt]=e}catch(n){X(t,t.return,n)}}var Ni=!1,
Qt=null;function sr(t){(t.tag===30||(t.subtreeFlags&33554432)!==0)&&(Ni=!0)}var zl=null;function rr(){var t=zl;return zl=
null,t}var Rt=0;function ea(t,l,e,u,a){return Rt=0,Gm(t.child,l,e,u,a)}function Gm(t,l,e,u,a){for(var n=!1;t!==null;){if(t.
tag===5){var i=t.stateNode;if(u!==null){var c=oo(i);u.push(c),c.view&&(n=!0)}else n||oo(i).view&&(n=!0);Ni=!0,Oh(i,Rt===
0?l:l+"_"+Rt,e),Rt++}else(t.tag!==22||t.memoizedState===null)&&(t.tag===30&&a||Gm(t.child,l,e,u,a)&&(n=!0));t=t.sibling}
return n}function Dl(t,l){for(;t!==null;)t.tag===5?ph(t.stateNode,t.memoizedProps):(t.tag!==22||t.memoizedState===null)&&
(t.tag===30&&l||Dl(t.child,l)),t=t.sibling}function In(t){if((t.subtreeFlags&18874368)!==0)for(t=t.child;t!==null;){if((t.
tag!==22||t.memoizedState===null)&&(In(t),t.tag===30&&(t.flags&18874368)!==0&&t.stateNode.paired)){var l=t.memoizedProps;
if(l.name==null||l.name==="auto")throw Error(S(544));var e=l.name;l=Kl(l.default,l.share),l!=="none"&&(ea(t,e,l,null,!1)||
Dl(t.child,!1))}t=t.sibling}}function Zf(t,l){if(t.tag===30){var e=t.stateNode,u=t.memoizedProps,a=jl(u,e),n=Kl(u.default,
e.paired?u.share:u.enter);n!=="none"?ea(t,a,n,null,!1)?(In(t),e.paired||l||Lu(t,u.onEnter)):Dl(t.child,!1):In(t)}else if((t.
subtreeFlags&33554432)!==0)for(t=t.child;t!==null;)Zf(t,l),t=t.sibling;else In(t)}function Lf(t){if(Qt!==null&&Qt.size!==
0){var l=Qt;if((t.subtreeFlags&18874368)!==0)for(t=t.child;t!==null;){if(t.tag!==22||t.memoizedState===null){if(t.tag===
30&&(t.flags&18874368)!==0){var e=t.memoizedProps,u=e.name;if(u!=null&&u!=="auto"){var a=l.get(u);if(a!==void 0){var n=Kl(
e.default,e.share);if(n!=="none"&&(ea(t,u,n,null,!1)?(n=t.stateNode,a.paired=n,n.paired=a,Lu(t,e.onShare)):Dl(t.child,!1)),
l.delete(u),l.size===0)break}}}Lf(t)}t=t.sibling}}}function Kf(t){if(t.tag===30){var l=t.memoizedProps,e=jl(l,t.stateNode),
u=Qt!==null?Qt.get(e):void 0,a=Kl(l.default,u!==void 0?l.share:l.exit);a!=="none"&&(ea(t,e,a,null,!1)?u!==void 0?(a=t.stateNode,
u.paired=a,a.paired=u,Qt.delete(e),Lu(t,l.onShare)):Lu(t,l.onExit):Dl(t.child,!1)),Qt!==null&&Lf(t)}else if((t.subtreeFlags&
33554432)!==0)for(t=t.child;t!==null;)Kf(t),t=t.sibling;else Qt!==null&&Lf(t)}function jm(t){for(t=t.child;t!==null;){if(t.
tag===30){var l=t.memoizedProps,e=jl(l,t.stateNode);l=Kl(l.default,l.update),t.flags&=-5,l!=="none"&&ea(t,e,l,t.memoizedState=
[],!1)}else(t.subtreeFlags&33554432)!==0&&jm(t);t=t.sibling}}function Jf(t){if((t.subtreeFlags&18874368)!==0)for(t=t.child;t!==
null;){if(t.tag!==22||t.memoizedState===null){if(t.tag===30&&(t.flags&18874368)!==0){var l=t.stateNode;l.paired!==null&&
(l.paired=null,Dl(t.child,!1))}Jf(t)}t=t.sibling}}function Pn(t){if(t.tag===30)t.stateNode.paired=null,Dl(t.child,!1),Jf(
t);else if((t.subtreeFlags&33554432)!==0)for(t=t.child;t!==null;)Pn(t),t=t.sibling;else Jf(t)}function Xm(t){for(t=t.child;t!==
null;)t.tag===30?Dl(t.child,!1):(t.subtreeFlags&33554432)!==0&&Xm(t),t=t.sibling}function ls(t,l,e,u,a,n,i){for(var c=!1;l!==
null;){if(l.tag===5){var f=l.stateNode;if(n!==null&&Rt<n.length){var r=n[Rt],v=oo(f);(r.view||v.view)&&(c=!0);var y;if(y=
(t.flags&4)===0)if(v.clip)y=!0;else{y=r.rect;var s=v.rect;y=y.y!==s.y||y.x!==s.x||y.height!==s.height||y.width!==s.width}
y&&(t.flags|=4),v.abs?v=!r.abs:(r=r.rect,v=v.rect,v=r.height!==v.height||r.width!==v.width),v&&(t.flags|=32)}else t.flags|=
32;(t.flags&4)!==0&&Oh(f,Rt===0?e:e+"_"+Rt,a),c&&(t.flags&4)!==0||(zl===null&&(zl=[]),zl.push(f,Rt===0?u:u+"_"+Rt,l.memoizedProps)),
Rt++}else(l.tag!==22||l.memoizedState===null)&&(l.tag===30&&i?t.flags|=l.flags&32:ls(t,l.child,e,u,a,n,i)&&(c=!0));l=l.sibling}
return c}function Qm(t,l){for(t=t.child;t!==null;){if(t.tag===30){var e=t.memoizedProps,u=t.stateNode,a=jl(e,u),n=Kl(e.default,
e.update);if(l){u=u.clones;var i=u===null?null:u.map(pg)}else i=t.memoizedState,t.memoizedState=null;u=t;var c=t.child;Rt=
0,a=ls(u,c,a,a,n,i,!1),(t.flags&4)!==0&&a&&(l||Lu(t,e.onUpdate))}else(t.subtreeFlags&33554432)!==0&&Qm(t,l);t=t.sibling}}
var st=!1,w=!1,Sl=!1,kc=!1,dr=typeof WeakSet=="function"?WeakSet:Set,rt=null,bl=!1,pa=!1,Ai=!1,$f=!1;function ky(t,l,e){
if(t=t.containerInfo,io=Fu,t=Ad(t),Ao(t)){if("selectionStart"in t)var u={start:t.selectionStart,end:t.selectionEnd};else
t:{u=(u=t.ownerDocument)&&u.defaultView||window;var a=u.getSelection&&u.getSelection();if(a&&a.rangeCount!==0){u=a.anchorNode;
var n=a.anchorOffset,i=a.focusNode;a=a.focusOffset;try{u.nodeType,i.nodeType}catch{u=null;break t}var c=0,f=-1,r=-1,v=0,
y=0,s=t,h=null;l:for(;;){for(var b;s!==u||n!==0&&s.nodeType!==3||(f=c+n),s!==i||a!==0&&s.nodeType!==3||(r=c+a),s.nodeType===
3&&(c+=s.nodeValue.length),(b=s.firstChild)!==null;)h=s,s=b;for(;;){if(s===t)break l;if(h===u&&++v===n&&(f=c),h===i&&++y===
a&&(r=c),(b=s.nextSibling)!==null)break;s=h,h=s.parentNode}s=b}u=f===-1||r===-1?null:{start:f,end:r}}else u=null}u=u||{start:0,
end:0}}else u=null;for(co={focusedElem:t,selectionRange:u},Fu=!1,e=(e&335544064)===e,rt=l,l=e?9270:1024;rt!==null;){if(t=
rt,e&&(u=t.deletions,u!==null))for(n=0;n<u.length;n++)e&&Kf(u[n]);if(t.alternate===null&&(t.flags&2)!==0)e&&sr(t),qn(e);else{
if(t.tag===22){if(u=t.alternate,t.memoizedState!==null){u!==null&&u.memoizedState===null&&e&&Kf(u),qn(e);continue}else if(u!==
null&&u.memoizedState!==null){e&&sr(t),qn(e);continue}}u=t.child,(t.subtreeFlags&l)!==0&&u!==null?(u.return=t,rt=u):(e&&
jm(t),qn(e))}}Qt=null}function qn(t){for(;rt!==null;){var l=rt,e=t,u=l.alternate,a=l.flags;switch(l.tag){case 0:case 11:case 15:
break;case 1:if((a&1024)!==0&&u!==null){e=void 0,a=u.memoizedProps,u=u.memoizedState;var n=l.stateNode;try{var i=$e(l.type,
a);e=n.getSnapshotBeforeUpdate(i,u),n.__reactInternalSnapshotBeforeUpdate=e}catch(c){X(l,l.return,c)}}break;case 3:if((a&
1024)!==0){if(u=l.stateNode.containerInfo,e=u.nodeType,e===9)so(u);else if(e===1)switch(u.nodeName){case"HEAD":case"HTML":case"\
BODY":so(u);break;default:u.textContent=""}}break;case 5:case 26:case 27:case 6:case 4:case 17:break;case 30:e&&u!==null&&
(e=jl(u.memoizedProps,u.stateNode),a=l.memoizedProps,a=Kl(a.default,a.update),a!=="none"&&ea(u,e,a,u.memoizedState=[],!0));
break;default:if((a&1024)!==0)throw Error(S(163))}if(u=l.sibling,u!==null){u.return=l.return,rt=u;break}rt=l.return}}function Vm(t,l,e){
var u=e.flags;switch(e.tag){case 0:case 11:case 15:Tl(t,e),u&4&&on(5,e);break;case 1:if(Tl(t,e),u&4)if(t=e.stateNode,l===
null)try{t.componentDidMount()}catch(i){X(e,e.return,i)}else{var a=$e(e.type,l.memoizedProps);l=l.memoizedState;try{t.componentDidUpdate(
a,l,t.__reactInternalSnapshotBeforeUpdate)}catch(i){X(e,e.return,i)}}u&64&&qm(e),u&512&&El(e,e.return);break;case 3:if(Tl(
t,e),u&64&&(t=e.updateQueue,t!==null)){if(l=null,e.child!==null)switch(e.child.tag){case 27:case 5:l=e.child.stateNode;break;case 1:
l=e.child.stateNode}try{Ld(t,l)}catch(i){X(e,e.return,i)}}break;case 27:l===null&&u&4&&wm(e);case 26:case 5:Tl(t,e),l===
null&&u&4&&Qf(e),u&512&&El(e,e.return);break;case 12:Tl(t,e);break;case 31:Tl(t,e),u&4&&Jm(t,e);break;case 13:Tl(t,e),u&
4&&$m(t,e),u&64&&(t=e.memoizedState,t!==null&&(t=t.dehydrated,t!==null&&(e=cg.bind(null,e),jg(t,e))));break;case 22:if(u=
e.memoizedState!==null||st,!u){var n=l!==null&&l.memoizedState!==null||w;l=st,a=w,st=u,(w=n)&&!a?(u=2,(e.subtreeFlags&8772)!==
0&&(u|=1),ol(t,e,u)):Tl(t,e),st=l,w=a}break;case 30:Tl(t,e),u&512&&El(e,e.return);break;case 7:u&512&&El(e,e.return);default:
Tl(t,e)}}function kf(t,l){for(t=t.child;t!==null;)Zm(t,l),t=t.sibling}function Zm(t,l){switch(t.tag){case 5:case 26:try{
var e=t.stateNode;if(l){var u=e.style;typeof u.setProperty=="function"?u.setProperty("display","none","important"):u.display=
"none"}else{var a=t.stateNode,n=t.memoizedProps.style,i=n!=null&&n.hasOwnProperty("display")?n.display:null;a.style.display=
i==null||typeof i=="boolean"?"":(""+i).trim()}}catch(f){X(t,t.return,f)}Wf(t,l);break;case 6:try{t.stateNode.nodeValue=l?
"":t.memoizedProps,x=!0}catch(f){X(t,t.return,f)}break;case 18:try{var c=t.stateNode;l?Mr(c,!0):Mr(t.stateNode,!1)}catch(f){
X(t,t.return,f)}break;case 22:case 23:t.memoizedState===null&&kf(t,l);break;default:kf(t,l)}}function Wf(t,l){if(t.subtreeFlags&
67108864)for(t=t.child;t!==null;){t:{var e=t,u=l;switch(e.tag){case 4:Zm(e,u);break t;case 22:e.memoizedState===null&&Wf(
e,u);break t;default:Wf(e,u)}}t=t.sibling}}function Lm(t){var l=t.alternate;l!==null&&(t.alternate=null,Lm(l)),t.child=null,
t.deletions=null,t.sibling=null,t.tag===5&&(l=t.stateNode,l!==null&&Bi(l)),t.stateNode=null,t.return=null,t.dependencies=
null,t.memoizedProps=null,t.memoizedState=null,t.pendingProps=null,t.stateNode=null,t.updateQueue=null}var W=null,Ut=!1;
function fl(t,l,e){for(e=e.child;e!==null;)Km(t,l,e),e=e.sibling}function Km(t,l,e){if(Lt&&typeof Lt.onCommitFiberUnmount==
"function")try{Lt.onCommitFiberUnmount(ln,e)}catch{}switch(e.tag){case 26:w||ht(e,l),fl(t,l,e),e.memoizedState?e.memoizedState.
count--:e.stateNode&&!w&&(e=e.stateNode,e.parentNode.removeChild(e));break;case 27:w||ht(e,l),xa(e);var u=W,a=Ut;Ae(e.type)&&
(W=e.stateNode,Ut=!1),fl(t,l,e),Rh(e.stateNode,e.type,e.memoizedProps),W=u,Ut=a;break;case 5:w||ht(e,l),xa(e);case 6:if(e.
tag===6&&xa(e),u=W,a=Ut,W=null,fl(t,l,e),W=u,Ut=a,W!==null)if(Ut)try{(W.nodeType===9?W.body:W.nodeName==="HTML"?W.ownerDocument.
body:W).removeChild(e.stateNode),x=!0}catch(n){X(e,l,n)}else try{W.removeChild(e.stateNode),x=!0}catch(n){X(e,l,n)}break;case 18:
W!==null&&(Ut?(t=W,Ar(t.nodeType===9?t.body:t.nodeName==="HTML"?t.ownerDocument.body:t,e.stateNode),Iu(t)):Ar(W,e.stateNode));
break;case 4:u=W,a=Ut,W=e.stateNode.containerInfo,Ut=!0,fl(t,l,e),W=u,Ut=a;break;case 0:case 11:case 14:case 15:pe(2,e,l),
w||pe(4,e,l),fl(t,l,e);break;case 1:w||(ht(e,l),u=e.stateNode,typeof u.componentWillUnmount=="function"&&Ym(e,l,u)),fl(t,
l,e);break;case 21:fl(t,l,e);break;case 22:w=(u=w)||e.memoizedState!==null,fl(t,l,e),w=u;break;case 30:ht(e,l),fl(t,l,e);
break;case 7:w||ht(e,l),fl(t,l,e);break;default:fl(t,l,e)}}function Jm(t,l){if(l.memoizedState===null&&(t=l.alternate,t!==
null&&(t=t.memoizedState,t!==null))){t=t.dehydrated;try{Iu(t)}catch(e){X(l,l.return,e)}}}function $m(t,l){if(l.memoizedState===
null&&(t=l.alternate,t!==null&&(t=t.memoizedState,t!==null&&(t=t.dehydrated,t!==null))))try{Iu(t)}catch(e){X(l,l.return,
e)}}function Wy(t){switch(t.tag){case 31:case 13:case 19:var l=t.stateNode;return l===null&&(l=t.stateNode=new dr),l;case 22:
return t=t.stateNode,l=t._retryCache,l===null&&(l=t._retryCache=new dr),l;default:throw Error(S(435,t.tag))}}function Yn(t,l){
var e=Wy(t);l.forEach(function(u){if(!e.has(u)){e.add(u);var a=fg.bind(null,t,u);u.then(a,a)}})}function At(t,l,e){var u=l.
deletions;if(u!==null)for(var a=0;a<u.length;a++){var n=u[a],i=t,c=l,f=c;t:for(;f!==null;){switch(f.tag){case 27:if(Ae(f.
type)){W=f.stateNode,Ut=!1;break t}break;case 5:W=f.stateNode,Ut=!1;break t;case 3:case 4:W=f.stateNode.containerInfo,Ut=
!0;break t}f=f.return}if(W===null)throw Error(S(160));Km(i,c,n),W=null,Ut=!1,i=n.alternate,i!==null&&(i.return=null),n.return=
null}if(l.subtreeFlags&13886)for(l=l.child;l!==null;)km(l,t,e),l=l.sibling}var sl=null;function km(t,l,e){var u=t.alternate,
a=t.flags;switch(t.tag){case 0:case 11:case 14:case 15:if(a&4&&(u=t.updateQueue,u=u!==null?u.events:null,u!==null))for(var n=0;n<
u.length;n++){var i=u[n];i.ref.impl=i.nextImpl}At(l,t,e),Mt(t),a&4&&(pe(3,t,t.return),on(3,t),pe(5,t,t.return));break;case 1:
At(l,t,e),Mt(t),a&512&&(w||u===null||ht(u,u.return)),a&64&&st&&(t=t.updateQueue,t!==null&&(l=t.callbacks,l!==null&&(e=t.
shared.hiddenCallbacks,t.shared.hiddenCallbacks=e===null?l:e.concat(l))));break;case 26:if(n=sl,At(l,t,e),Mt(t),a&512&&(w||
u===null||ht(u,u.return)),a&4)if(a=u!==null?u.memoizedState:null,e=t.memoizedState,u===null)if(e===null)if(t.stateNode===
null)if(st)t.stateNode=zh(t.type,t.memoizedProps,l.containerInfo,t);else{t:{l=t.type,e=t.memoizedProps,a=n.ownerDocument||
n;l:switch(l){case"title":u=a.getElementsByTagName("title")[0],(!u||u[an]||u[vt]||u.namespaceURI==="http://www.w3.org/20\
00/svg"||u.hasAttribute("itemprop"))&&(u=a.createElement(l),a.head.insertBefore(u,a.querySelector("head > title"))),bt(u,
l,e),u[vt]=t,dt(u),l=u;break t;case"link":if(n=Yr("link","href",a).get(l+(e.href||""))){for(i=0;i<n.length;i++)if(u=n[i],
u.getAttribute("href")===(e.href==null||e.href===""?null:e.href)&&u.getAttribute("rel")===(e.rel==null?null:e.rel)&&u.getAttribute(
"title")===(e.title==null?null:e.title)&&u.getAttribute("crossorigin")===(e.crossOrigin==null?null:e.crossOrigin)){n.splice(
i,1);break l}}u=a.createElement(l),bt(u,l,e),a.head.appendChild(u);break;case"meta":if(n=Yr("meta","content",a).get(l+(e.
content||""))){for(i=0;i<n.length;i++)if(u=n[i],u.getAttribute("content")===(e.content==null?null:""+e.content)&&u.getAttribute(
"name")===(e.name==null?null:e.name)&&u.getAttribute("property")===(e.property==null?null:e.property)&&u.getAttribute("h\
ttp-equiv")===(e.httpEquiv==null?null:e.httpEquiv)&&u.getAttribute("charset")===(e.charSet==null?null:e.charSet)){n.splice(
i,1);break l}}u=a.createElement(l),bt(u,l,e),a.head.appendChild(u);break;default:throw Error(S(468,l))}u[vt]=t,dt(u),l=u}
t.stateNode=l}else st||ho(n,t.type,t.stateNode);else t.stateNode=qr(n,e,t.memoizedProps);else a!==e?(a===null?(l=u.stateNode,
l===null||w||l.parentNode.removeChild(l)):a.count--,e===null?st||ho(n,t.type,t.stateNode):qr(n,e,t.memoizedProps)):e===null&&
t.stateNode!==null&&Jc(t,t.memoizedProps,u.memoizedProps);break;case 27:At(l,t,e),Mt(t),a&512&&(w||u===null||ht(u,u.return)),
u!==null&&a&4&&Jc(t,t.memoizedProps,u.memoizedProps);break;case 5:if(n=Sl,Sl=!1,At(l,t,e),Sl=n,Mt(t),a&512&&(w||u===null||
ht(u,u.return)),t.flags&32){l=t.stateNode;try{Qu(l,""),x=!0}catch(v){X(t,t.return,v)}}a&4&&t.stateNode!=null&&(l=t.memoizedProps,
Jc(t,l,u!==null?u.memoizedProps:l)),a&1024&&(kc=!0);break;case 6:if(At(l,t,e),Mt(t),a&4){if(t.stateNode===null)throw Error(
S(162));l=t.memoizedProps,e=t.stateNode;try{e.nodeValue=l,x=!0}catch(v){X(t,t.return,v)}}break;case 3:if(x=!1,ui=null,n=
sl,sl=Wa(l.containerInfo),At(l,t,e),sl=n,Mt(t),a&4&&u!==null&&u.memoizedState.isDehydrated)try{Iu(l.containerInfo)}catch(v){
X(t,t.return,v)}kc&&(kc=!1,Wm(t)),x=!1;break;case 4:a=Sl,Sl=st,u=S0(),n=sl,sl=Wa(t.stateNode.containerInfo),At(l,t,e),Mt(
t),sl=n,x&&pa&&(Ai=!0),x=u,Sl=a;break;case 12:At(l,t,e),Mt(t);break;case 31:At(l,t,e),Mt(t),a&4&&(l=t.updateQueue,l!==null&&
(t.updateQueue=null,Yn(t,l)));break;case 13:At(l,t,e),Mt(t),t.child.flags&8192&&t.memoizedState!==null!=(u!==null&&u.memoizedState!==
null)&&(Wi=Zt()),a&4&&(l=t.updateQueue,l!==null&&(t.updateQueue=null,Yn(t,l)));break;case 22:n=t.memoizedState!==null,i=
u!==null&&u.memoizedState!==null;var c=st,f=w,r=Sl;st=c||n,Sl=r||n,w=f||i,At(l,t,e),w=f,Sl=r,st=c,Mt(t),a&8192&&(l=t.stateNode,
l._visibility=n?l._visibility&-2:l._visibility|1,!n||u===null||i||st||w||(l=i||w,e=st,u=w,st=n||st,w=l,le(t,2),st=e,w=u),
!n&&Sl||kf(t,n)),a&4&&(l=t.updateQueue,l!==null&&(e=l.retryQueue,e!==null&&(l.retryQueue=null,Yn(t,e))));break;case 19:At(
l,t,e),Mt(t),a&4&&(l=t.updateQueue,l!==null&&(t.updateQueue=null,Yn(t,l)));break;case 30:a&512&&(w||u===null||ht(u,u.return)),
a=S0(),n=pa,i=(e&335544064)===e,c=t.memoizedProps,pa=i&&Kl(c.default,c.update)!=="none",At(l,t,e),Mt(t),i&&u!==null&&x&&
(t.flags|=4),pa=n,x=a;break;case 21:break;case 7:a&512&&(w||u===null||ht(u,u.return)),u&&u.stateNode!==null&&(u.stateNode.
_fragmentFiber=t);default:At(l,t,e),Mt(t)}}function Mt(t){var l=t.flags;if(l&2){try{for(var e,u=t.return;u!==null;){if(Bm(
u)){e=u;break}u=u.return}u=null;for(var a=t.return;a!==null;){if(ts(a)){var n=a.stateNode;u===null?u=[n]:u.push(n)}if(Po(
a))break;a=a.return}var i=u;if(e==null)throw Error(S(160));switch(e.tag){case 27:var c=e.stateNode,f=$c(t);_i(t,f,c,i);break;case 5:
var r=e.stateNode;e.flags&32&&(Qu(r,""),e.flags&=-33);var v=$c(t);_i(t,v,r,i);break;case 3:case 4:var y=e.stateNode.containerInfo,
s=$c(t);Vf(t,s,y,i);break;default:throw Error(S(161))}}catch(h){X(t,t.return,h)}t.flags&=-3}l&4096&&(t.flags&=-4097)}function Wm(t){
if(t.subtreeFlags&1024)for(t=t.child;t!==null;){var l=t;Wm(l),l.tag===5&&l.flags&1024&&(l=l.stateNode,Fu=!0,l.reset(),Fu=
!1),t=t.sibling}}function hu(t,l){if(l.subtreeFlags&9270)for(l=l.child;l!==null;)Fm(l,t),l=l.sibling;else Qm(l,!1)}function Fm(t,l){
var e=t.alternate;if(e===null)Zf(t,!1);else switch(t.tag){case 3:if($f=bl=!1,rr(),hu(l,t),!bl&&!Ai){if(t=zl,t!==null)for(var u=0;u<
t.length;u+=3){e=t[u];var a=t[u+1];ph(e,t[u+2]),e=e.ownerDocument.documentElement,e!==null&&e.animate({opacity:[0,0],pointerEvents:[
"none","none"]},{duration:0,fill:"forwards",pseudoElement:"::view-transition-group("+a+")"})}t=l.containerInfo,t=t.nodeType===
9?t.documentElement:t.ownerDocument.documentElement,t!==null&&t.style.viewTransitionName===""&&(t.style.viewTransitionName=
"none",t.animate({opacity:[0,0],pointerEvents:["none","none"]},{duration:0,fill:"forwards",pseudoElement:"::view-transit\
ion-group(root)"}),t.animate({width:[0,0],height:[0,0]},{duration:0,fill:"forwards",pseudoElement:"::view-transition"})),
$f=!0}zl=null;break;case 5:hu(l,t);break;case 4:u=bl,bl=!1,hu(l,t),bl&&(Ai=!0),bl=u;break;case 22:t.memoizedState===null&&
(e.memoizedState!==null?Zf(t,!1):hu(l,t));break;case 30:u=bl,a=rr(),bl=!1,hu(l,t),bl&&(t.flags|=4);var n=t.memoizedProps,
i=t.stateNode;l=jl(n,i),i=jl(e.memoizedProps,i);var c=Kl(n.default,n.update);c==="none"?l=!1:(n=e.memoizedState,e.memoizedState=
null,e=t.child,Rt=0,l=ls(t,e,l,i,c,n,!0),Rt!==(n===null?0:n.length)&&(t.flags|=32)),(t.flags&4)!==0&&l?(Lu(t,t.memoizedProps.
onUpdate),zl=a):a!==null&&(a.push.apply(a,zl),zl=a),bl=(t.flags&32)!==0?!0:u;break;default:hu(l,t)}}function Tl(t,l){if(l.
subtreeFlags&8772)for(l=l.child;l!==null;)Vm(t,l.alternate,l),l=l.sibling}function le(t,l){for(t=t.child;t!==null;){var e=t,
u=l;switch(e.tag){case 0:case 11:case 14:case 15:pe(4,e,e.return),le(e,u);break;case 1:ht(e,e.return);var a=e.stateNode;
typeof a.componentWillUnmount=="function"&&Ym(e,e.return,a),le(e,u);break;case 27:(u&2)!==0&&Rh(e.stateNode,e.type,e.memoizedProps);case 5:
ht(e,e.return),e.tag!==5&&e.tag!==27||xa(e),le(e,u);break;case 6:xa(e);break;case 26:ht(e,e.return),a=e.stateNode,e.memoizedState!==
null||a===null||w||a.parentNode.removeChild(a),le(e,u);break;case 22:e.memoizedState===null&&le(e,u);break;case 30:ht(e,
e.return),le(e,u);break;case 7:ht(e,e.return);default:le(e,u)}t=t.sibling}}function ol(t,l,e){for(e=(l.subtreeFlags&8772)!==
0?e:e&-2,l=l.child;l!==null;){var u=l.alternate,a=t,n=l,i=n.flags,c=(e&1)!==0;switch(n.tag){case 0:case 11:case 15:ol(a,
n,e),on(4,n);break;case 1:if(ol(a,n,e),u=n,a=u.stateNode,typeof a.componentDidMount=="function")try{a.componentDidMount()}catch(v){
X(u,u.return,v)}if(u=n,a=u.updateQueue,a!==null){var f=u.stateNode;try{var r=a.shared.hiddenCallbacks;if(r!==null)for(a.
shared.hiddenCallbacks=null,a=0;a<r.length;a++)Zd(r[a],f)}catch(v){X(u,u.return,v)}}c&&i&64&&qm(n),El(n,n.return);break;case 27:
(e&2)!==0&&wm(n);case 5:n.tag!==5&&n.tag!==27||or(n),ol(a,n,e),c&&u===null&&i&4&&Qf(n),El(n,n.return);break;case 6:or(n);
break;case 26:f=n.stateNode,n.memoizedState!==null||f===null||st||ho(Wa(f.ownerDocument),n.type,f),ol(a,n,e),c&&u===null&&
i&4&&Qf(n),El(n,n.return);break;case 12:ol(a,n,e);break;case 31:ol(a,n,e),c&&i&4&&Jm(a,n);break;case 13:ol(a,n,e),c&&i&4&&
$m(a,n);break;case 22:n.memoizedState===null&&ol(a,n,e),El(n,n.return);break;case 30:ol(a,n,e),El(n,n.return);break;case 7:
El(n,n.return);default:ol(a,n,e)}l=l.sibling}}function es(t,l){var e=null;t!==null&&t.memoizedState!==null&&t.memoizedState.
cachePool!==null&&(e=t.memoizedState.cachePool.pool),t=null,l.memoizedState!==null&&l.memoizedState.cachePool!==null&&(t=
l.memoizedState.cachePool.pool),t!==e&&(t!=null&&t.refCount++,e!=null&&cn(e))}function us(t,l){t=null,l.alternate!==null&&
(t=l.alternate.memoizedState.cache),l=l.memoizedState.cache,l!==t&&(l.refCount++,t!=null&&cn(t))}function It(t,l,e,u){var a=(e&
335544064)===e;if(l.subtreeFlags&(a?10262:10256))for(l=l.child;l!==null;)Im(t,l,e,u),l=l.sibling;else a&&Xm(l)}function Im(t,l,e,u){
var a=(e&335544064)===e;a&&l.alternate===null&&l.return!==null&&l.return.alternate!==null&&Pn(l);var n=l.flags;switch(l.
tag){case 0:case 11:case 15:It(t,l,e,u),n&2048&&on(9,l);break;case 1:It(t,l,e,u);break;case 3:It(t,l,e,u),a&&$f&&(t=t.containerInfo,
t=t.nodeType===9?t.body:t.nodeName==="HTML"?t.ownerDocument.body:t,t.style.viewTransitionName==="root"&&(t.style.viewTransitionName=
""),t=t.ownerDocument.documentElement,t!==null&&t.style.viewTransitionName==="none"&&(t.style.viewTransitionName="")),n&
2048&&(n=null,l.alternate!==null&&(n=l.alternate.memoizedState.cache),l=l.memoizedState.cache,l!==n&&(l.refCount++,n!=null&&
cn(n)));break;case 12:if(n&2048){It(t,l,e,u),n=l.stateNode;try{var i=l.memoizedProps,c=i.id,f=i.onPostCommit;typeof f=="\
function"&&f(c,l.alternate===null?"mount":"update",n.passiveEffectDuration,-0)}catch(r){X(l,l.return,r)}}else It(t,l,e,u);
break;case 31:It(t,l,e,u);break;case 13:It(t,l,e,u);break;case 23:break;case 22:i=l.stateNode,c=l.alternate,l.memoizedState!==
null?(a&&c!==null&&c.memoizedState===null&&Pn(c),i._visibility&2?It(t,l,e,u):qa(t,l)):(a&&c!==null&&c.memoizedState!==null&&
Pn(l),i._visibility&2?It(t,l,e,u):(i._visibility|=2,yu(t,l,e,u,(l.subtreeFlags&10256)!==0||!1))),n&2048&&es(c,l);break;case 24:
It(t,l,e,u),n&2048&&us(l.alternate,l);break;case 30:a&&(n=l.alternate,n!==null&&(Dl(n.child,!0),Dl(l.child,!0))),It(t,l,
e,u);break;default:It(t,l,e,u)}}function yu(t,l,e,u,a){for(a=a&&((l.subtreeFlags&10256)!==0||!1),l=l.child;l!==null;){var n=t,
i=l,c=e,f=u,r=i.flags;switch(i.tag){case 0:case 11:case 15:yu(n,i,c,f,a),on(8,i);break;case 23:break;case 22:var v=i.stateNode;
i.memoizedState!==null?v._visibility&2?yu(n,i,c,f,a):qa(n,i):(v._visibility|=2,yu(n,i,c,f,a)),a&&r&2048&&es(i.alternate,
i);break;case 24:yu(n,i,c,f,a),a&&r&2048&&us(i.alternate,i);break;default:yu(n,i,c,f,a)}l=l.sibling}}function qa(t,l){if(l.
subtreeFlags&10256)for(l=l.child;l!==null;){var e=t,u=l,a=u.flags;switch(u.tag){case 22:qa(e,u),a&2048&&es(u.alternate,u);
break;case 24:qa(e,u),a&2048&&us(u.alternate,u);break;default:qa(e,u)}l=l.sibling}}var xe=8192;function Ue(t,l,e){if(t.subtreeFlags&
xe)for(t=t.child;t!==null;)Pm(t,l,e),t=t.sibling}function Pm(t,l,e){switch(t.tag){case 26:Ue(t,l,e),t.flags&xe&&(t.memoizedState!==
null?tS(e,sl,t.memoizedState,t.memoizedProps):(t=t.stateNode,(l&335544128)===l&&wr(e,t)));break;case 5:Ue(t,l,e),t.flags&
xe&&(t=t.stateNode,(l&335544128)===l&&wr(e,t));break;case 3:case 4:var u=sl;sl=Wa(t.stateNode.containerInfo),Ue(t,l,e),sl=
u;break;case 22:t.memoizedState===null&&(u=t.alternate,u!==null&&u.memoizedState!==null?(u=xe,xe=16777216,Ue(t,l,e),xe=u):
Ue(t,l,e));break;case 30:if((t.flags&xe)!==0&&(u=t.memoizedProps.name,u!=null&&u!=="auto")){var a=t.stateNode;a.paired=null,
Qt===null&&(Qt=new Map),Qt.set(u,a)}Ue(t,l,e);break;default:Ue(t,l,e)}}function th(t){var l=t.alternate;if(l!==null&&(t=
l.child,t!==null)){l.child=null;do l=t.sibling,t.sibling=null,t=l;while(t!==null)}}function ga(t){var l=t.deletions;if((t.
flags&16)!==0){if(l!==null)for(var e=0;e<l.length;e++){var u=l[e];rt=u,eh(u,t)}th(t)}if(t.subtreeFlags&10256)for(t=t.child;t!==
null;)lh(t),t=t.sibling}function lh(t){switch(t.tag){case 0:case 11:case 15:ga(t),t.flags&2048&&pe(9,t,t.return);break;case 3:
ga(t);break;case 12:ga(t);break;case 22:var l=t.stateNode;t.memoizedState!==null&&l._visibility&2&&(t.return===null||t.return.
tag!==13)?(l._visibility&=-3,ti(t)):ga(t);break;default:ga(t)}}function ti(t){var l=t.deletions;if((t.flags&16)!==0){if(l!==
null)for(var e=0;e<l.length;e++){var u=l[e];rt=u,eh(u,t)}th(t)}for(t=t.child;t!==null;){switch(l=t,l.tag){case 0:case 11:case 15:
pe(8,l,l.return),ti(l);break;case 22:e=l.stateNode,e._visibility&2&&(e._visibility&=-3,ti(l));break;default:ti(l)}t=t.sibling}}
function eh(t,l){for(;rt!==null;){var e=rt;switch(e.tag){case 0:case 11:case 15:pe(8,e,l);break;case 23:case 22:if(e.memoizedState!==
null&&e.memoizedState.cachePool!==null){var u=e.memoizedState.cachePool.pool;u!=null&&u.refCount++}break;case 24:cn(e.memoizedState.
cache)}if(u=e.child,u!==null)u.return=e,rt=u;else t:for(e=t;rt!==null;){u=rt;var a=u.sibling,n=u.return;if(Lm(u),u===e){
rt=null;break t}if(a!==null){a.return=n,rt=a;break t}rt=n}}}var Fy={getCacheForType:function(t){var l=yt(nt),e=l.data.get(
t);return e===void 0&&(e=t(),l.data.set(t,e)),e},cacheSignal:function(){return yt(nt).controller.signal}},Iy=typeof WeakMap==
"function"?WeakMap:Map,Y=0,V=null,U=null,H=0,G=0,Gt=null,fe=!1,ua=!1,as=!1,Zl=0,P=0,_e=0,Xe=0,Mi=0,Vt=0,Zu=0,Ya=null,Ht=null,
Ff=!1,Wi=0,uh=0,Di=1/0,Ci=null,ge=null,F=0,dl=null,ke=null,Ml=0,If=0,Pf=null,ah=null,Bu=null,wu=null,Gu=null,Ba=0,li=null;
function Jt(){return(Y&2)!==0&&H!==0?H&-H:_.T!==null?is():fd()}function nh(){if(Vt===0)if((H&536870912)===0||M){var t=On;
On<<=1,(On&3932160)===0&&(On=262144),Vt=t}else Vt=536870912;return t=Tt.current,t!==null&&(t.flags|=32),Vt}function Lu(t,l){
if(l!=null){var e=t.stateNode,u=e.ref;u===null&&(u=e.ref=Nh(jl(t.memoizedProps,e))),wu===null&&(wu=[]),wu.push(l.bind(null,
u))}}function qt(t,l,e){(t===V&&(G===2||G===9)||t.cancelPendingCommit!==null)&&(Ku(t,0),oe(t,H,Vt,!1)),un(t,e),((Y&2)===
0||t!==V)&&(t===V&&((Y&2)===0&&(Xe|=e),P===4&&oe(t,H,Vt,!1)),Ul(t))}function ih(t,l,e){if((Y&6)!==0)throw Error(S(327));
var u=!e&&(l&127)===0&&(l&t.expiredLanes)===0||en(t,l),a=u?lg(t,l):Wc(t,l,!0),n=u;do{if(a===0){ua&&!u&&oe(t,l,0,!1);break}else{
if(e=t.current.alternate,n&&!Py(e)){a=Wc(t,l,!1),n=!1;continue}if(a===2){if(n=l,t.errorRecoveryDisabledLanes&n)var i=0;else
i=t.pendingLanes&-536870913,i=i!==0?i:i&536870912?536870912:0;if(i!==0){l=i;t:{var c=t;a=Ya;var f=c.current.memoizedState.
isDehydrated;if(f&&(Ku(c,i).flags|=256),i=Wc(c,i,!1),i!==2&&i!==6){if(as&&!f){c.errorRecoveryDisabledLanes|=n,Xe|=n,a=4;
break t}n=Ht,Ht=a,n!==null&&(Ht===null?Ht=n:Ht.push.apply(Ht,n))}a=i}if(n=!1,a!==2)continue}}if(a===1){Ku(t,0),oe(t,l,0,
!0);break}t:{switch(u=t,n=a,n){case 0:case 1:throw Error(S(345));case 4:if((l&4194048)!==l&&(l&62914560)!==l)break;case 6:
oe(u,l,Vt,!fe);break t;case 2:Ht=null;break;case 3:case 5:break;default:throw Error(S(329))}if((l&62914560)===l&&(a=Wi+300-
Zt(),10<a)){if(oe(u,l,Vt,!fe),Yi(u,0,!0)!==0)break t;Ml=l,u.timeoutHandle=fs(mr.bind(null,u,e,Ht,Ci,Ff,l,Vt,Xe,Zu,fe,n,"\
Throttled",-0,0),a);break t}mr(u,e,Ht,Ci,Ff,l,Vt,Xe,Zu,fe,n,null,-0,0)}}break}while(!0);Ul(t)}function mr(t,l,e,u,a,n,i,c,f,r,v,y,s,h){
t.timeoutHandle=-1;var b=l.subtreeFlags,E=(n&335544064)===n;if(y=null,(E||b&8192||(b&16785408)===16785408)&&(y={stylesheets:null,
count:0,imgCount:0,imgBytes:0,suspenseyImages:[],waitingForImages:!0,waitingForViewTransition:!1,unsuspend:pl},Qt=null,Pm(
l,n,y),E&&(b=y,E=t.containerInfo,E=(E.nodeType===9?E:E.ownerDocument).__reactViewTransition,E!=null&&(b.count++,b.waitingForViewTransition=
!0,b=Fa.bind(b),E.finished.then(b,b))),b=(n&62914560)===n?Wi-Zt():(n&4194048)===n?uh-Zt():0,b=lS(y,b),b!==null)){Ml=n,t.
cancelPendingCommit=b(vr.bind(null,t,l,n,e,u,a,i,c,f,r,v,y,null,s,h)),oe(t,n,i,!r);return}vr(t,l,n,e,u,a,i,c,f,r,v,y)}function Py(t){
for(var l=t;;){var e=l.tag;if((e===0||e===11||e===15)&&l.flags&16384&&(e=l.updateQueue,e!==null&&(e=e.stores,e!==null)))
for(var u=0;u<e.length;u++){var a=e[u],n=a.getSnapshot;a=a.value;try{if(!$t(n(),a))return!1}catch{return!1}}if(e=l.child,
l.subtreeFlags&16384&&e!==null)e.return=l,l=e;else{if(l===t)break;for(;l.sibling===null;){if(l.return===null||l.return===
t)return!0;l=l.return}l.sibling.return=l.return,l=l.sibling}}return!0}function oe(t,l,e,u){l=ud(t,l),l&=~Mi,l&=~Xe,t.suspendedLanes|=
l,t.pingedLanes&=~l,u&&(t.warmLanes|=l),u=t.expirationTimes;for(var a=l;0<a;){var n=31-Kt(a),i=1<<n;u[n]=-1,a&=~i}e!==0&&
nd(t,e,l)}function Fi(){return(Y&6)===0?(sn(0,!1),!1):!0}function ns(){if(U!==null){if(G===0)var t=U.return;else t=U,Yl=
tu=null,Qo(t),xu=null,Za=0,t=U;for(;t!==null;)xm(t.alternate,t),t=t.return;U=null}}function Ku(t,l){var e=t.timeoutHandle;
return e!==-1&&(t.timeoutHandle=-1,Eg(e)),e=t.cancelPendingCommit,e!==null&&(t.cancelPendingCommit=null,e()),Ml=0,ns(),V=
t,U=e=Bl(t.current,null),H=l,G=0,Gt=null,fe=!1,ua=en(t,l),as=!1,Zu=Vt=Mi=Xe=_e=P=0,Ht=Ya=null,Ff=!1,Zl=ud(t,l),Xi(),e}function ch(t,l){
A=null,_.H=zi,l===la||l===Zi?(l=j0(),G=3):l===xo?(l=j0(),G=4):G=l===Wo?8:l!==null&&typeof l=="object"&&typeof l.then=="f\
unction"?6:1,Gt=l,U===null&&(P=1,Oi(t,ul(l,t.current)))}function fh(){var t=Tt.current;return t===null?!0:(H&4194048)===
H?Ot===null:(H&62914560)===H||(H&536870912)!==0?t===Ot:!1}function oh(){var t=_.H;return _.H=zi,t===null?zi:t}function sh(){
var t=_.A;return _.A=Fy,t}function Ui(){P=4,fe||(H&4194048)!==H&&Tt.current!==null||(ua=!0),(_e&134217727)===0&&(Xe&134217727)===
0||V===null||oe(V,H,Vt,!1)}function Wc(t,l,e){var u=Y;Y|=2;var a=oh(),n=sh();(V!==t||H!==l)&&(Ci=null,Ku(t,l)),l=!1;var i=P;
t:do try{if(G!==0&&U!==null){var c=U,f=Gt;switch(G){case 8:ns(),i=6;break t;case 3:case 2:case 9:case 6:Tt.current===null&&
(l=!0);var r=G;if(G=0,Gt=null,Du(t,c,f,r),e&&ua){i=0;break t}break;default:r=G,G=0,Gt=null,Du(t,c,f,r)}}tg(),i=P;break}catch(v){
ch(t,v)}while(!0);return l&&t.shellSuspendCounter++,Yl=tu=null,Y=u,_.H=a,_.A=n,U===null&&(V=null,H=0,Xi()),i}function tg(){
for(;U!==null;)rh(U)}function lg(t,l){var e=Y;Y|=2;var u=oh(),a=sh();V!==t||H!==l?(Ci=null,Di=Zt()+500,Ku(t,l)):ua=en(t,
l);t:do try{if(G!==0&&U!==null){l=U;var n=Gt;l:switch(G){case 1:G=0,Gt=null,Du(t,l,n,1);break;case 2:case 9:if(G0(n)){G=
0,Gt=null,hr(l);break}l=function(){G!==2&&G!==9||V!==t||(G=7),Ul(t)},n.then(l,l);break t;case 3:G=7;break t;case 4:G=5;break t;case 7:
G0(n)?(G=0,Gt=null,hr(l)):(G=0,Gt=null,Du(t,l,n,7));break;case 5:var i=null;switch(U.tag){case 26:i=U.memoizedState;case 5:case 27:
var c=U;if(i?Yh(i):c.stateNode.complete){G=0,Gt=null;var f=c.sibling;if(f!==null)U=f;else{var r=c.return;r!==null?(U=r,Ii(
r)):U=null}break l}}G=0,Gt=null,Du(t,l,n,5);break;case 6:G=0,Gt=null,Du(t,l,n,6);break;case 8:ns(),P=6;break t;default:throw Error(
S(462))}}eg();break}catch(v){ch(t,v)}while(!0);return Yl=tu=null,_.H=u,_.A=a,Y=e,U!==null?0:(V=null,H=0,Xi(),P)}function eg(){
for(;U!==null&&!bv();)rh(U)}function rh(t){var l=Rm(t.alternate,t,Zl);t.memoizedProps=t.pendingProps,l===null?Ii(t):U=l}
function hr(t){var l=t,e=l.alternate;switch(l.tag){case 15:case 0:l=er(e,l,l.pendingProps,l.type,void 0,H);break;case 11:
l=er(e,l,l.pendingProps,l.type.render,l.ref,H);break;case 5:Qo(l);var u=l;u===mt&&(M?(vi(u),u.tag===5&&u.stateNode!=null&&
(J=u.stateNode)):(vi(u),M=!0));default:xm(e,l),l=U=qd(l,Zl),l=Rm(e,l,Zl)}t.memoizedProps=t.pendingProps,l===null?Ii(t):U=
l}function Du(t,l,e,u){Yl=tu=null,Qo(l),xu=null,Za=0;var a=l.return;try{if(Vy(t,a,l,e,H)){P=1,Oi(t,ul(e,t.current)),U=null;
return}}catch(n){if(a!==null)throw U=a,n;P=1,Oi(t,ul(e,t.current)),U=null;return}l.flags&32768?(M||u===1?t=!0:ua||(H&536870912)!==
0?t=!1:(fe=t=!0,(u===2||u===9||u===3||u===6)&&(u=Tt.current,u!==null&&u.tag===13&&(u.flags|=16384))),dh(l,t)):Ii(l)}function Ii(t){
var l=t;do{if((l.flags&32768)!==0){dh(l,fe);return}t=l.return;var e=Jy(l.alternate,l,Zl);if(e!==null){U=e;return}if(l=l.
sibling,l!==null){U=l;return}U=l=t}while(l!==null);P===0&&(P=5)}function dh(t,l){do{var e=$y(t.alternate,t);if(e!==null){
e.flags&=32767,U=e;return}if(e=t.return,e!==null&&(e.flags|=32768,e.subtreeFlags=0,e.deletions=null),!l&&(t=t.sibling,t!==
null)){U=t;return}U=t=e}while(t!==null);P=6,U=null}function vr(t,l,e,u,a,n,i,c,f,r,v,y){t.cancelPendingCommit=null;do Pi();while(F!==
0);if((Y&6)!==0)throw Error(S(327));if(l!==null){if(l===t.current)throw Error(S(177));t===V&&(U=V=null,H=0),ke=l,dl=t,Ml=
e,Pf=a,ah=u,ug(t,l,e,i,c,f,y)}}function ug(t,l,e,u,a,n,i){var c=l.lanes|l.childLanes;if(If=c,c|=Mo,Dv(t,e,c,u,a,n),wu=null,
(e&335544064)===e?(Gu=Uy(t),u=10262):(Gu=null,u=10256),(l.subtreeFlags&u)!==0||(l.flags&u)!==0?(t.callbackNode=null,t.callbackPriority=
0,og(si,function(){return uo(),null})):(t.callbackNode=null,t.callbackPriority=0),Ni=!1,u=(l.flags&13878)!==0,(l.subtreeFlags&
13878)!==0||u){u=_.T,_.T=null,a=B.p,B.p=2,n=Y,Y|=4;try{ky(t,l,e)}finally{Y=n,B.p=a,_.T=u}}F=1,Ni?Bu=Ag(i,t.containerInfo,
Gu,to,lo,ng,eo,uo,ag,null,null):(to(),lo(),eo())}function ag(t){if(F!==0){var l=dl.onRecoverableError;l(t,{componentStack:null})}}
function ng(){F===3&&(F=0,Fm(ke,dl),F=4)}function to(){if(F===1){F=0;var t=dl,l=ke,e=Ml,u=(l.flags&13878)!==0;if((l.subtreeFlags&
13878)!==0||u){u=_.T,_.T=null;var a=B.p;B.p=2;var n=Y;Y|=4;try{pa=Ai=!1,km(l,t,e),e=co;var i=Ad(t.containerInfo),c=e.focusedElem,
f=e.selectionRange;if(i!==c&&c&&c.ownerDocument&&Nd(c.ownerDocument.documentElement,c)){if(f!==null&&Ao(c)){var r=f.start,
v=f.end;if(v===void 0&&(v=r),"selectionStart"in c)c.selectionStart=r,c.selectionEnd=Math.min(v,c.value.length);else{var y=c.
ownerDocument||document,s=y&&y.defaultView||window;if(s.getSelection){var h=s.getSelection(),b=c.textContent.length,E=Math.
min(f.start,b),O=f.end===void 0?E:Math.min(f.end,b);!h.extend&&E>O&&(i=O,O=E,E=i);var d=U0(c,E),o=U0(c,O);if(d&&o&&(h.rangeCount!==
1||h.anchorNode!==d.node||h.anchorOffset!==d.offset||h.focusNode!==o.node||h.focusOffset!==o.offset)){var m=y.createRange();
m.setStart(d.node,d.offset),h.removeAllRanges(),E>O?(h.addRange(m),h.extend(o.node,o.offset)):(m.setEnd(o.node,o.offset),
h.addRange(m))}}}}for(y=[],h=c;h=h.parentNode;)h.nodeType===1&&y.push({element:h,left:h.scrollLeft,top:h.scrollTop});for(typeof c.
focus=="function"&&c.focus(),c=0;c<y.length;c++){var g=y[c];g.element.scrollLeft=g.left,g.element.scrollTop=g.top}}Fu=!!io,
co=io=null}finally{Y=n,B.p=a,_.T=u}}t.current=l,F=2}}function lo(){if(F===2){F=0;var t=dl,l=ke,e=(l.flags&8772)!==0;if((l.
subtreeFlags&8772)!==0||e){e=_.T,_.T=null;var u=B.p;B.p=2;var a=Y;Y|=4;try{Vm(t,l.alternate,l)}finally{Y=a,B.p=u,_.T=e}}
F=3}}function eo(){if(F===4||F===3){F=0;var t=Bu;Bu=null,Tv();var l=dl,e=ke,u=Ml,a=ah,n=(u&335544064)===u?10262:10256;if((e.
subtreeFlags&n)!==0||(e.flags&n)!==0?F=5:(F=0,ke=dl=null,mh(l,l.pendingLanes)),n=l.pendingLanes,n===0&&(ge=null),Eo(u),e=
e.stateNode,Lt&&typeof Lt.onCommitFiberRoot=="function")try{Lt.onCommitFiberRoot(ln,e,void 0,(e.current.flags&128)===128)}catch{}
if(a!==null){e=_.T,n=B.p,B.p=2,_.T=null;try{for(var i=l.onRecoverableError,c=0;c<a.length;c++){var f=a[c];i(f.value,{componentStack:f.
stack})}}finally{_.T=e,B.p=n}}if(a=wu,i=Gu,Gu=null,a!==null&&(wu=null,i===null&&(i=[]),t!==null))for(f=0;f<a.length;f++)
e=(0,a[f])(i),e!==void 0&&t.finished.finally(e);(Ml&3)!==0&&Pi(),Ul(l),n=l.pendingLanes,(u&261930)!==0&&(n&42)!==0?l===li?
Ba++:(Ba=0,li=l):(Ba=0,li=null),sn(0,!1)}}function mh(t,l){(t.pooledCacheLanes&=l)===0&&(l=t.pooledCache,l!=null&&(t.pooledCache=
null,cn(l)))}function Pi(){return Bu!==null&&(Bu.skipTransition(),Bu=null),to(),lo(),eo(),uo()}function uo(){if(F!==5)return!1;
var t=dl,l=If;If=0;var e=Eo(Ml),u=_.T,a=B.p;try{B.p=32>e?32:e,_.T=null,e=Pf,Pf=null;var n=dl,i=Ml;if(F=0,ke=dl=null,Ml=0,
(Y&6)!==0)throw Error(S(331));var c=Y;if(Y|=4,lh(n.current),Im(n,n.current,i,e),Y=c,sn(0,!1),Lt&&typeof Lt.onPostCommitFiberRoot==
"function")try{Lt.onPostCommitFiberRoot(ln,n)}catch{}return!0}finally{B.p=a,_.T=u,mh(t,l)}}function yr(t,l,e){l=ul(e,l),
l=Yf(t.stateNode,l,2),t=he(t,l,2),t!==null&&(un(t,2),Ul(t))}function X(t,l,e){if(t.tag===3)yr(t,t,e);else for(;l!==null;){
if(l.tag===3){yr(l,t,e);break}else if(l.tag===1){var u=l.stateNode;if(typeof l.type.getDerivedStateFromError=="function"||
typeof u.componentDidCatch=="function"&&(ge===null||!ge.has(u))){t=ul(e,t),e=Mm(2),u=he(l,e,2),u!==null&&(Dm(e,u,l,t),un(
u,2),Ul(u));break}}l=l.return}}function Fc(t,l,e){var u=t.pingCache;if(u===null){u=t.pingCache=new Iy;var a=new Set;u.set(
l,a)}else a=u.get(l),a===void 0&&(a=new Set,u.set(l,a));a.has(e)||(as=!0,a.add(e),t=ig.bind(null,t,l,e),l.then(t,t))}function ig(t,l,e){
var u=t.pingCache;u!==null&&u.delete(l),t.pingedLanes|=t.suspendedLanes&e,t.warmLanes&=~e,V===t&&(H&e)===e&&((P===4||P===
3&&(H&62914560)===H&&300>Zt()-Wi)&&(Y&2)===0?Ku(t,0):Mi|=e,Zu===H&&(Zu=0)),Ul(t)}function hh(t,l){l===0&&(l=ad()),t=Pe(t,
l),t!==null&&(un(t,l),Ul(t))}function cg(t){var l=t.memoizedState,e=0;l!==null&&(e=l.retryLane),hh(t,e)}function fg(t,l){
var e=0;switch(t.tag){case 31:case 13:var u=t.stateNode,a=t.memoizedState;a!==null&&(e=a.retryLane);break;case 19:u=t.stateNode;
break;case 22:u=t.stateNode._retryCache;break;default:throw Error(S(314))}u!==null&&u.delete(l),hh(t,e)}function og(t,l){
return bo(t,l)}var Ju=null,gu=null,ao=!1,Hi=!1,Ic=!1,se=0;function Ul(t){t!==gu&&t.next===null&&(gu===null?Ju=gu=t:gu=gu.
next=t),Hi=!0,ao||(ao=!0,rg())}function sn(t,l){if(!Ic&&Hi){Ic=!0;do for(var e=!1,u=Ju;u!==null;){if(!l)if(t!==0){var a=u.
pendingLanes;if(a===0)var n=0;else{var i=u.suspendedLanes,c=u.pingedLanes;n=(1<<31-Kt(42|t)+1)-1,n&=a&~(i&~c),n=n&201326741?
n&201326741|1:n?n|2:0}n!==0&&(e=!0,gr(u,n))}else n=H,n=Yi(u,u===V?n:0,u.cancelPendingCommit!==null||u.timeoutHandle!==-1),
(n&3)===0||en(u,n)||(e=!0,gr(u,n));u=u.next}while(e);Ic=!1}}function sg(){vh()}function vh(){Hi=ao=!1;var t=0;se!==0&&Tg()&&
(t=se);for(var l=Zt(),e=null,u=Ju;u!==null;){var a=u.next,n=yh(u,l);n===0?(u.next=null,e===null?Ju=a:e.next=a,a===null&&
(gu=e)):(e=u,(t!==0||(n&3)!==0)&&(Hi=!0)),u=a}F!==0&&F!==5||sn(t,!1),se!==0&&(se=0)}function yh(t,l){for(var e=t.suspendedLanes,
u=t.pingedLanes,a=t.expirationTimes,n=t.pendingLanes&-62914561;0<n;){var i=31-Kt(n),c=1<<i,f=a[i];f===-1?((c&e)===0||(c&
u)!==0)&&(a[i]=Mv(c,l)):f<=l&&(t.expiredLanes|=c),n&=~c}if(l=V,e=H,e=Yi(t,t===l?e:0,t.cancelPendingCommit!==null||t.timeoutHandle!==
-1),u=t.callbackNode,e===0||t===l&&(G===2||G===9)||t.cancelPendingCommit!==null)return u!==null&&u!==null&&Cc(u),t.callbackNode=
null,t.callbackPriority=0;if((e&3)===0||en(t,e)){if(l=e&-e,l===t.callbackPriority)return l;switch(u!==null&&Cc(u),Eo(e)){case 2:case 8:
e=ld;break;case 32:e=si;break;case 268435456:e=ed;break;default:e=si}return u=gh.bind(null,t),e=bo(e,u),t.callbackPriority=
l,t.callbackNode=e,l}return u!==null&&u!==null&&Cc(u),t.callbackPriority=2,t.callbackNode=null,2}function gh(t,l){if(F!==
0&&F!==5)return t.callbackNode=null,t.callbackPriority=0,null;var e=t.callbackNode;if(Pi()&&t.callbackNode!==e)return null;
var u=H;return u=Yi(t,t===V?u:0,t.cancelPendingCommit!==null||t.timeoutHandle!==-1),u===0?null:(ih(t,u,l),yh(t,Zt()),t.callbackNode!=
null&&t.callbackNode===e?gh.bind(null,t):null)}function gr(t,l){if(Pi())return null;ih(t,l,!0)}function rg(){zg(function(){
(Y&6)!==0?bo(td,sg):vh()})}function is(){if(se===0){var t=Le;t===0&&(t=zn,zn<<=1,(zn&261888)===0&&(zn=256)),se=t}return se}
function Sr(t){return t==null||typeof t=="symbol"||typeof t=="boolean"?null:typeof t=="function"?t:Vn(t)}function dg(t,l,e,u,a){
if(l==="submit"&&e&&e.stateNode===a){var n=Sr((a[Bt]||null).action),i=u.submitter;i&&(l=(l=i[Bt]||null)?Sr(l.formAction):
i.getAttribute("formAction"),l!==null&&(n=l,i=null));var c=new wi("action","action",null,u,a);t.push({event:c,listeners:[
{instance:null,listener:function(){if(u.defaultPrevented){if(se!==0){var f=new FormData(a,i);xf(e,{pending:!0,data:f,method:a.
method,action:n},null,f)}}else typeof n=="function"&&(c.preventDefault(),f=new FormData(a,i),xf(e,{pending:!0,data:f,method:a.
method,action:n},n,f))},currentTarget:a}]})}}for(Bn=0;Bn<Of.length;Bn++)wn=Of[Bn],br=wn.toLowerCase(),Tr=wn[0].toUpperCase()+
wn.slice(1),ml(br,"on"+Tr);var wn,br,Tr,Bn;ml(Dd,"onAnimationEnd");ml(Cd,"onAnimationIteration");ml(Ud,"onAnimationStart");
ml("dblclick","onDoubleClick");ml("focusin","onFocus");ml("focusout","onBlur");ml(Oy,"onTransitionRun");ml(py,"onTransit\
ionStart");ml(_y,"onTransitionCancel");ml(Hd,"onTransitionEnd");Xu("onMouseEnter",["mouseout","mouseover"]);Xu("onMouseL\
eave",["mouseout","mouseover"]);Xu("onPointerEnter",["pointerout","pointerover"]);Xu("onPointerLeave",["pointerout","poi\
nterover"]);Fe("onChange","change click focusin focusout input keydown keyup selectionchange".split(" "));Fe("onSelect",
"focusout contextmenu dragend focusin keydown keyup mousedown mouseup selectionchange".split(" "));Fe("onBeforeInput",["\
compositionend","keypress","textInput","paste"]);Fe("onCompositionEnd","compositionend focusout keydown keypress keyup m\
ousedown".split(" "));Fe("onCompositionStart","compositionstart focusout keydown keypress keyup mousedown".split(" "));Fe(
"onCompositionUpdate","compositionupdate focusout keydown keypress keyup mousedown".split(" "));var Ja="abort canplay ca\
nplaythrough durationchange emptied encrypted ended error loadeddata loadedmetadata loadstart pause play playing progres\
s ratechange resize seeked seeking stalled suspend timeupdate volumechange waiting".split(" "),mg=new Set("beforetoggle \
cancel close invalid load scroll scrollend toggle".split(" ").concat(Ja));function Sh(t,l){l=(l&4)!==0;for(var e=0;e<t.length;e++){
var u=t[e],a=u.event;u=u.listeners;t:{var n=void 0;if(l)for(var i=u.length-1;0<=i;i--){var c=u[i],f=c.instance,r=c.currentTarget;
if(c=c.listener,f!==n&&a.isPropagationStopped())break t;n=c,a.currentTarget=r;try{n(a)}catch(v){di(v)}a.currentTarget=null,
n=f}else for(i=0;i<u.length;i++){if(c=u[i],f=c.instance,r=c.currentTarget,c=c.listener,f!==n&&a.isPropagationStopped())break t;
n=c,a.currentTarget=r;try{n(a)}catch(v){di(v)}a.currentTarget=null,n=f}}}}function C(t,l){var e=l[h0];e===void 0&&(e=l[h0]=
new Set);var u=t+"__bubble";e.has(u)||(bh(l,t,2,!1),e.add(u))}function Pc(t,l,e){var u=0;l&&(u|=4),bh(e,t,u,l)}var Gn="_\
reactListening"+Math.random().toString(36).slice(2);function cs(t){if(!t[Gn]){t[Gn]=!0,sd.forEach(function(e){e!=="selec\
tionchange"&&(mg.has(e)||Pc(e,!1,t),Pc(e,!0,t))});var l=t.nodeType===9?t:t.ownerDocument;l===null||l[Gn]||(l[Gn]=!0,Pc("\
selectionchange",!1,l))}}function bh(t,l,e,u){switch(Vh(l)){case 2:var a=nS;break;case 8:a=iS;break;default:a=hs}e=a.bind(
null,l,e,t),a=void 0,!bf||l!=="touchstart"&&l!=="touchmove"&&l!=="wheel"||(a=!0),u?a!==void 0?t.addEventListener(l,e,{capture:!0,
passive:a}):t.addEventListener(l,e,!0):a!==void 0?t.addEventListener(l,e,{passive:a}):t.addEventListener(l,e,!1)}function tf(t,l,e,u,a){
var n=u;if((l&1)===0&&(l&2)===0&&u!==null)t:for(;;){if(u===null)return;var i=u.tag;if(i===3||i===4){var c=u.stateNode.containerInfo;
if(c===a)break;if(i===4)for(i=u.return;i!==null;){var f=i.tag;if((f===3||f===4)&&i.stateNode.containerInfo===a)return;i=
i.return}for(;c!==null;){if(i=qe(c),i===null)return;if(f=i.tag,f===5||f===6||f===26||f===27){u=n=i;continue t}c=c.parentNode}}
u=u.return}Sd(function(){var r=n,v=Oo(e),y=[];t:{var s=Rd.get(t);if(s!==void 0){var h=wi,b=t;switch(t){case"keypress":if(Ln(
e)===0)break t;case"keydown":case"keyup":h=Pv;break;case"focusin":b="focus",h=Yc;break;case"focusout":b="blur",h=Yc;break;case"\
beforeblur":case"afterblur":h=Yc;break;case"click":if(e.button===2)break t;case"auxclick":case"dblclick":case"mousedown":case"\
mousemove":case"mouseup":case"mouseout":case"mouseover":case"contextmenu":h=z0;break;case"drag":case"dragend":case"drage\
nter":case"dragexit":case"dragleave":case"dragover":case"dragstart":case"drop":h=Xv;break;case"touchcancel":case"touchen\
d":case"touchmove":case"touchstart":h=ay;break;case Dd:case Cd:case Ud:h=Zv;break;case Hd:h=iy;break;case"scroll":case"s\
crollend":h=Gv;break;case"wheel":h=fy;break;case"copy":case"cut":case"paste":h=Kv;break;case"gotpointercapture":case"los\
tpointercapture":case"pointercancel":case"pointerdown":case"pointermove":case"pointerout":case"pointerover":case"pointer\
up":h=p0;break;case"submit":h=ey;break;case"toggle":case"beforetoggle":h=sy}var E=(l&4)!==0,O=!E&&(t==="scroll"||t==="sc\
rollend"),d=E?s!==null?s+"Capture":null:s;E=[];for(var o=r,m;o!==null;){var g=o;if(m=g.stateNode,g=g.tag,g!==5&&g!==26&&
g!==27||m===null||d===null||(g=Ga(o,d),g!=null&&E.push($a(o,g,m))),O)break;o=o.return}0<E.length&&(s=new h(s,b,null,e,v),
y.push({event:s,listeners:E}))}}if((l&7)===0){t:{if(h=t==="mouseover"||t==="pointerover",s=t==="mouseout"||t==="pointero\
ut",h&&e!==Sf&&(b=e.relatedTarget||e.fromElement)&&(qe(b)||b[Pu]))break t;(s||h)&&(b=v.window===v?v:(h=v.ownerDocument)?
h.defaultView||h.parentWindow:window,s?(h=e.relatedTarget||e.toElement,s=r,h=h?qe(h):null,h!==null&&(O=tn(h),E=h.tag,h!==
O||E!==5&&E!==27&&E!==6)&&(h=null)):(s=null,h=r),s!==h&&(E=z0,g="onMouseLeave",d="onMouseEnter",o="mouse",(t==="pointero\
ut"||t==="pointerover")&&(E=p0,g="onPointerLeave",d="onPointerEnter",o="pointer"),O=s==null?b:za(s),m=h==null?b:za(h),b=
new E(g,o+"leave",s,e,v),b.target=O,b.relatedTarget=m,g=null,qe(v)===r&&(E=new E(d,o+"enter",h,e,v),E.target=m,E.relatedTarget=
O,g=E),O=g,E=s&&h?nf(s,h,hg):null,s!==null&&Er(y,b,s,E,!1),h!==null&&O!==null&&Er(y,O,h,E,!0)))}t:{if(s=r?za(r):window,h=
s.nodeName&&s.nodeName.toLowerCase(),h==="select"||h==="input"&&s.type==="file")var T=M0;else if(A0(s))if(pd)T=Ty;else{T=
Sy;var D=gy}else h=s.nodeName,!h||h.toLowerCase()!=="input"||s.type!=="checkbox"&&s.type!=="radio"?r&&zo(r.elementType)&&
(T=M0):T=by;if(T&&(T=T(t,r))){Od(y,T,e,v);break t}D&&D(t,s,r)}switch(D=r?za(r):window,t){case"focusin":(A0(D)||D.contentEditable===
"true")&&(Ou=D,Ef=r,Aa=null);break;case"focusout":Aa=Ef=Ou=null;break;case"mousedown":zf=!0;break;case"contextmenu":case"\
mouseup":case"dragend":zf=!1,H0(y,e,v);break;case"selectionchange":if(zy)break;case"keydown":case"keyup":H0(y,e,v)}var z;
if(No)t:{switch(t){case"compositionstart":var p="onCompositionStart";break t;case"compositionend":p="onCompositionEnd";break t;case"\
compositionupdate":p="onCompositionUpdate";break t}p=void 0}else zu?Ed(t,e)&&(p="onCompositionEnd"):t==="keydown"&&e.keyCode===
229&&(p="onCompositionStart");p&&(Td&&e.locale!=="ko"&&(zu||p!=="onCompositionStart"?p==="onCompositionEnd"&&zu&&(z=bd()):
(ie=v,po="value"in ie?ie.value:ie.textContent,zu=!0)),D=Ri(r,p),0<D.length&&(p=new O0(p,t,null,e,v),y.push({event:p,listeners:D}),
z?p.data=z:(z=zd(e),z!==null&&(p.data=z)))),(z=dy?my(t,e):hy(t,e))&&(p=Ri(r,"onBeforeInput"),0<p.length&&(D=new O0("onBe\
foreInput","beforeinput",null,e,v),y.push({event:D,listeners:p}),D.data=z)),dg(y,t,r,e,v)}Sh(y,l)})}function $a(t,l,e){return{
instance:t,listener:l,currentTarget:e}}function Ri(t,l){for(var e=l+"Capture",u=[];t!==null;){var a=t,n=a.stateNode;if(a=
a.tag,a!==5&&a!==26&&a!==27||n===null||(a=Ga(t,e),a!=null&&u.unshift($a(t,a,n)),a=Ga(t,l),a!=null&&u.push($a(t,a,n))),t.
tag===3)return u;t=t.return}return[]}function hg(t){if(t===null)return null;do t=t.return;while(t&&t.tag!==5&&t.tag!==27);
return t||null}function Er(t,l,e,u,a){for(var n=l._reactName,i=[];e!==null&&e!==u;){var c=e,f=c.alternate,r=c.stateNode;
if(c=c.tag,f!==null&&f===u)break;c!==5&&c!==26&&c!==27||r===null||(f=r,a?(r=Ga(e,n),r!=null&&i.unshift($a(e,r,f))):a||(r=
Ga(e,n),r!=null&&i.push($a(e,r,f)))),e=e.return}i.length!==0&&t.push({event:l,listeners:i})}var vg=/\r\n?/g,yg=/\u0000|\uFFFD/g;
function zr(t){return(typeof t=="string"?t:""+t).replace(vg,`
`).replace(yg,"")}function Th(t,l){return l=zr(l),zr(t)===l}function j(t,l,e,u,a,n){switch(e){case"children":if(typeof u==
"string")l==="body"||l==="textarea"&&u===""||Qu(t,u);else if(typeof u=="number"||typeof u=="bigint")l!=="body"&&Qu(t,""+
u);else return;break;case"className":_n(t,"class",u);break;case"tabIndex":_n(t,"tabindex",u);break;case"dir":case"role":case"\
viewBox":case"width":case"height":_n(t,e,u);break;case"style":gd(t,u,n);return;case"data":if(l!=="object"){_n(t,"data",u);
break}case"src":case"href":if(u===""&&(l!=="a"||e!=="href")){t.removeAttribute(e);break}if(u==null||typeof u=="function"||
typeof u=="symbol"||typeof u=="boolean"){t.removeAttribute(e);break}u=Vn(u),t.setAttribute(e,u);break;case"action":case"\
formAction":if(typeof u=="function"){t.setAttribute(e,"javascript:throw new Error('A React form was unexpectedly submitt\
ed. If you called form.submit() manually, consider using form.requestSubmit() instead. If you\\'re trying to use event.st\
opPropagation() in a submit event handler, consider also calling event.preventDefault().')");break}else typeof n=="funct\
ion"&&(e==="formAction"?(l!=="input"&&j(t,l,"name",a.name,a,null),j(t,l,"formEncType",a.formEncType,a,null),j(t,l,"formM\
ethod",a.formMethod,a,null),j(t,l,"formTarget",a.formTarget,a,null)):(j(t,l,"encType",a.encType,a,null),j(t,l,"method",a.
method,a,null),j(t,l,"target",a.target,a,null)));if(u==null||typeof u=="symbol"||typeof u=="boolean"){t.removeAttribute(
e);break}u=Vn(u),t.setAttribute(e,u);break;case"onClick":u!=null&&(t.onclick=pl);return;case"onScroll":u!=null&&C("scrol\
l",t);return;case"onScrollEnd":u!=null&&C("scrollend",t);return;case"dangerouslySetInnerHTML":if(u!=null){if(typeof u!="\
object"||!("__html"in u))throw Error(S(61));if(e=u.__html,e!=null){if(a.children!=null)throw Error(S(60));n?.__html!==e&&
(t.innerHTML=e)}}break;case"multiple":t.multiple=u&&typeof u!="function"&&typeof u!="symbol";break;case"muted":t.muted=u&&
typeof u!="function"&&typeof u!="symbol";break;case"suppressContentEditableWarning":case"suppressHydrationWarning":case"\
defaultValue":case"defaultChecked":case"innerHTML":case"ref":break;case"autoFocus":break;case"xlinkHref":if(u==null||typeof u==
"function"||typeof u=="boolean"||typeof u=="symbol"){t.removeAttribute("xlink:href");break}e=Vn(u),t.setAttributeNS("htt\
p://www.w3.org/1999/xlink","xlink:href",e);break;case"contentEditable":case"spellCheck":case"draggable":case"value":case"\
autoReverse":case"externalResourcesRequired":case"focusable":case"preserveAlpha":u!=null&&typeof u!="function"&&typeof u!=
"symbol"?t.setAttribute(e,u):t.removeAttribute(e);break;case"inert":case"allowFullScreen":case"async":case"autoPlay":case"\
controls":case"credentialless":case"default":case"defer":case"disabled":case"disablePictureInPicture":case"disableRemote\
Playback":case"formNoValidate":case"hidden":case"loop":case"noModule":case"noValidate":case"open":case"playsInline":case"\
readOnly":case"required":case"reversed":case"scoped":case"seamless":case"itemScope":u&&typeof u!="function"&&typeof u!="\
symbol"?t.setAttribute(e,""):t.removeAttribute(e);break;case"capture":case"download":u===!0?t.setAttribute(e,""):u!==!1&&
u!=null&&typeof u!="function"&&typeof u!="symbol"?t.setAttribute(e,u):t.removeAttribute(e);break;case"cols":case"rows":case"\
size":case"span":u!=null&&typeof u!="function"&&typeof u!="symbol"&&!isNaN(u)&&1<=u?t.setAttribute(e,u):t.removeAttribute(
e);break;case"rowSpan":case"start":u==null||typeof u=="function"||typeof u=="symbol"||isNaN(u)?t.removeAttribute(e):t.setAttribute(
e,u);break;case"popover":C("beforetoggle",t),C("toggle",t),Qn(t,"popover",u);break;case"xlinkActuate":Rl(t,"http://www.w\
3.org/1999/xlink","xlink:actuate",u);break;case"xlinkArcrole":Rl(t,"http://www.w3.org/1999/xlink","xlink:arcrole",u);break;case"\
xlinkRole":Rl(t,"http://www.w3.org/1999/xlink","xlink:role",u);break;case"xlinkShow":Rl(t,"http://www.w3.org/1999/xlink",
"xlink:show",u);break;case"xlinkTitle":Rl(t,"http://www.w3.org/1999/xlink","xlink:title",u);break;case"xlinkType":Rl(t,"\
http://www.w3.org/1999/xlink","xlink:type",u);break;case"xmlBase":Rl(t,"http://www.w3.org/XML/1998/namespace","xml:base",
u);break;case"xmlLang":Rl(t,"http://www.w3.org/XML/1998/namespace","xml:lang",u);break;case"xmlSpace":Rl(t,"http://www.w\
3.org/XML/1998/namespace","xml:space",u);break;case"is":Qn(t,"is",u);break;case"innerText":case"textContent":return;default:
if(!(2<e.length)||e[0]!=="o"&&e[0]!=="O"||e[1]!=="n"&&e[1]!=="N")e=Bv.get(e)||e,Qn(t,e,u);else return}x=!0}function no(t,l,e,u,a,n){
switch(e){case"style":gd(t,u,n);return;case"dangerouslySetInnerHTML":if(u!=null){if(typeof u!="object"||!("__html"in u))
throw Error(S(61));if(e=u.__html,e!=null){if(a.children!=null)throw Error(S(60));n?.__html!==e&&(t.innerHTML=e)}}break;case"\
children":if(typeof u=="string")Qu(t,u);else if(typeof u=="number"||typeof u=="bigint")Qu(t,""+u);else return;break;case"\
onScroll":u!=null&&C("scroll",t);return;case"onScrollEnd":u!=null&&C("scrollend",t);return;case"onClick":u!=null&&(t.onclick=
pl);return;case"suppressContentEditableWarning":case"suppressHydrationWarning":case"innerHTML":case"ref":return;case"inn\
erText":case"textContent":return;default:if(!rd.hasOwnProperty(e))t:{if(e[0]==="o"&&e[1]==="n"&&(a=e.endsWith("Capture"),
n=e.slice(2,a?e.length-7:void 0),l=t[Bt]||null,l=l!=null?l[e]:null,typeof l=="function"&&t.removeEventListener(n,l,a),typeof u==
"function")){typeof l!="function"&&l!==null&&(e in t?t[e]=null:t.hasAttribute(e)&&t.removeAttribute(e)),t.addEventListener(
n,u,a);break t}x=!0,e in t?t[e]=u:u===!0?t.setAttribute(e,""):Qn(t,e,u)}return}x=!0}function bt(t,l,e){switch(l){case"di\
v":case"span":case"svg":case"path":case"a":case"g":case"p":case"li":break;case"img":C("error",t),C("load",t);var u=!1,a=!1,
n;for(n in e)if(e.hasOwnProperty(n)){var i=e[n];if(i!=null)switch(n){case"src":u=!0;break;case"srcSet":a=!0;break;case"c\
hildren":case"dangerouslySetInnerHTML":throw Error(S(137,l));default:j(t,l,n,i,e,null)}}a&&j(t,l,"srcSet",e.srcSet,e,null),
u&&j(t,l,"src",e.src,e,null);return;case"input":C("invalid",t);var c=n=i=a=null,f=null,r=null;for(u in e)if(e.hasOwnProperty(
u)){var v=e[u];if(v!=null)switch(u){case"name":a=v;break;case"type":i=v;break;case"checked":f=v;break;case"defaultChecke\
d":r=v;break;case"value":n=v;break;case"defaultValue":c=v;break;case"children":case"dangerouslySetInnerHTML":if(v!=null)
throw Error(S(137,l));break;default:j(t,l,u,v,e,null)}}hd(t,n,c,f,r,i,a,!1);return;case"select":C("invalid",t),u=i=n=null;
for(a in e)if(e.hasOwnProperty(a)&&(c=e[a],c!=null))switch(a){case"value":n=c;break;case"defaultValue":i=c;break;case"mu\
ltiple":u=c;default:j(t,l,a,c,e,null)}l=n,e=i,t.multiple=!!u,l!=null?Uu(t,!!u,l,!1):e!=null&&Uu(t,!!u,e,!0);return;case"\
textarea":C("invalid",t),n=a=u=null;for(i in e)if(e.hasOwnProperty(i)&&(c=e[i],c!=null))switch(i){case"value":u=c;break;case"\
defaultValue":a=c;break;case"children":n=c;break;case"dangerouslySetInnerHTML":if(c!=null)throw Error(S(91));break;default:
j(t,l,i,c,e,null)}yd(t,u,a,n);return;case"option":for(f in e)e.hasOwnProperty(f)&&(u=e[f],u!=null)&&(f==="selected"?t.selected=
u&&typeof u!="function"&&typeof u!="symbol":j(t,l,f,u,e,null));return;case"dialog":C("beforetoggle",t),C("toggle",t),C("\
cancel",t),C("close",t);break;case"iframe":case"object":C("load",t);break;case"video":case"audio":for(u=0;u<Ja.length;u++)
C(Ja[u],t);break;case"image":C("error",t),C("load",t);break;case"details":C("toggle",t);break;case"embed":case"source":case"\
link":C("error",t),C("load",t);case"area":case"base":case"br":case"col":case"hr":case"keygen":case"meta":case"param":case"\
track":case"wbr":case"menuitem":for(r in e)if(e.hasOwnProperty(r)&&(u=e[r],u!=null))switch(r){case"children":case"danger\
ouslySetInnerHTML":throw Error(S(137,l));default:j(t,l,r,u,e,null)}return;default:if(zo(l)){for(v in e)e.hasOwnProperty(
v)&&(u=e[v],u!==void 0&&no(t,l,v,u,e,void 0));return}}for(c in e)e.hasOwnProperty(c)&&(u=e[c],u!=null&&j(t,l,c,u,e,null))}
var gg={};function Sg(t,l,e,u){switch(l){case"div":case"span":case"svg":case"path":case"a":case"g":case"p":case"li":break;case"\
input":var a=null,n=null,i=null,c=null,f=null,r=null,v=null;for(h in e){var y=e[h];if(e.hasOwnProperty(h)&&y!=null)switch(h){case"\
checked":break;case"value":break;case"defaultValue":f=y;default:u.hasOwnProperty(h)||j(t,l,h,null,u,y)}}for(var s in u){
var h=u[s];if(y=e[s],u.hasOwnProperty(s)&&(h!=null||y!=null))switch(s){case"type":h!==y&&(x=!0),n=h;break;case"name":h!==
y&&(x=!0),a=h;break;case"checked":h!==y&&(x=!0),r=h;break;case"defaultChecked":h!==y&&(x=!0),v=h;break;case"value":h!==y&&
(x=!0),i=h;break;case"defaultValue":h!==y&&(x=!0),c=h;break;case"children":case"dangerouslySetInnerHTML":if(h!=null)throw Error(
S(137,l));break;default:h!==y&&j(t,l,s,h,u,y)}}gf(t,i,c,f,r,v,n,a);return;case"select":h=i=c=s=null;for(n in e)if(f=e[n],
e.hasOwnProperty(n)&&f!=null)switch(n){case"value":break;case"multiple":h=f;default:u.hasOwnProperty(n)||j(t,l,n,null,u,
f)}for(a in u)if(n=u[a],f=e[a],u.hasOwnProperty(a)&&(n!=null||f!=null))switch(a){case"value":n!==f&&(x=!0),s=n;break;case"\
defaultValue":n!==f&&(x=!0),c=n;break;case"multiple":n!==f&&(x=!0),i=n;default:n!==f&&j(t,l,a,n,u,f)}l=c,e=i,u=h,s!=null?
Uu(t,!!e,s,!1):!!u!=!!e&&(l!=null?Uu(t,!!e,l,!0):Uu(t,!!e,e?[]:"",!1));return;case"textarea":h=s=null;for(c in e)if(a=e[c],
e.hasOwnProperty(c)&&a!=null&&!u.hasOwnProperty(c))switch(c){case"value":break;case"children":break;default:j(t,l,c,null,
u,a)}for(i in u)if(a=u[i],n=e[i],u.hasOwnProperty(i)&&(a!=null||n!=null))switch(i){case"value":a!==n&&(x=!0),s=a;break;case"\
defaultValue":a!==n&&(x=!0),h=a;break;case"children":break;case"dangerouslySetInnerHTML":if(a!=null)throw Error(S(91));break;default:
a!==n&&j(t,l,i,a,u,n)}vd(t,s,h);return;case"option":for(var b in e)s=e[b],e.hasOwnProperty(b)&&s!=null&&!u.hasOwnProperty(
b)&&(b==="selected"?t.selected=!1:j(t,l,b,null,u,s));for(f in u)s=u[f],h=e[f],u.hasOwnProperty(f)&&s!==h&&(s!=null||h!=null)&&
(f==="selected"?(s!==h&&(x=!0),t.selected=s&&typeof s!="function"&&typeof s!="symbol"):j(t,l,f,s,u,h));return;case"img":case"\
link":case"area":case"base":case"br":case"col":case"embed":case"hr":case"keygen":case"meta":case"param":case"source":case"\
track":case"wbr":case"menuitem":for(var E in e)s=e[E],e.hasOwnProperty(E)&&s!=null&&!u.hasOwnProperty(E)&&j(t,l,E,null,u,
s);for(r in u)if(s=u[r],h=e[r],u.hasOwnProperty(r)&&s!==h&&(s!=null||h!=null))switch(r){case"children":case"dangerouslyS\
etInnerHTML":if(s!=null)throw Error(S(137,l));break;default:j(t,l,r,s,u,h)}return;default:if(zo(l)){for(var O in e)s=e[O],
e.hasOwnProperty(O)&&s!==void 0&&!u.hasOwnProperty(O)&&no(t,l,O,void 0,u,s);for(v in u)s=u[v],h=e[v],!u.hasOwnProperty(v)||
s===h||s===void 0&&h===void 0||no(t,l,v,s,u,h);return}}for(var d in e)s=e[d],e.hasOwnProperty(d)&&s!=null&&!u.hasOwnProperty(
d)&&j(t,l,d,null,u,s);for(y in u)s=u[y],h=e[y],!u.hasOwnProperty(y)||s===h||s==null&&h==null||j(t,l,y,s,u,h)}function Or(t){
switch(t){case"css":case"script":case"font":case"img":case"image":case"input":case"link":return!0;default:return!1}}function bg(){
if(typeof performance.getEntriesByType=="function"){for(var t=0,l=0,e=performance.getEntriesByType("resource"),u=0;u<e.length;u++){
var a=e[u],n=a.transferSize,i=a.initiatorType,c=a.duration;if(n&&c&&Or(i)){for(i=0,c=a.responseEnd,u+=1;u<e.length;u++){
var f=e[u],r=f.startTime;if(r>c)break;var v=f.transferSize,y=f.initiatorType;v&&Or(y)&&(f=f.responseEnd,i+=v*(f<c?1:(c-r)/
(f-r)))}if(--u,l+=8*(n+i)/(a.duration/1e3),t++,10<t)break}}if(0<t)return l/t/1e6}return navigator.connection&&(t=navigator.
connection.downlink,typeof t=="number")?t:5}var io=null,co=null;function ka(t){return t.nodeType===9?t:t.ownerDocument}function pr(t){
switch(t){case"http://www.w3.org/2000/svg":return 1;case"http://www.w3.org/1998/Math/MathML":return 2;default:return 0}}
function Eh(t,l){if(t===0)switch(l){case"svg":return 1;case"math":return 2;default:return 0}return t===1&&l==="foreignOb\
ject"?0:t}function zh(t,l,e,u){return e=ka(e).createElement(t),e[vt]=u,e[Bt]=l,bt(e,t,l),dt(e),e}function fo(t,l){return t===
"textarea"||t==="noscript"||typeof l.children=="string"||typeof l.children=="number"||typeof l.children=="bigint"||typeof l.
dangerouslySetInnerHTML=="object"&&l.dangerouslySetInnerHTML!==null&&l.dangerouslySetInnerHTML.__html!=null}var lf=null;
function Tg(){var t=window.event;return t&&t.type==="popstate"?t===lf?!1:(lf=t,!0):(lf=null,!1)}var fs=typeof setTimeout==
"function"?setTimeout:void 0,Eg=typeof clearTimeout=="function"?clearTimeout:void 0,_r=typeof Promise=="function"?Promise:
void 0,Nr=typeof requestAnimationFrame=="function"?requestAnimationFrame:fs,zg=typeof queueMicrotask=="function"?queueMicrotask:
typeof _r<"u"?function(t){return _r.resolve(null).then(t).catch(Og)}:fs;function Og(t){setTimeout(function(){throw t})}function Ae(t){
return t==="head"}function Ar(t,l){var e=l,u=0;do{var a=e.nextSibling;if(t.removeChild(e),a&&a.nodeType===8)if(e=a.data,
e==="/$"||e==="/&"){if(u===0){t.removeChild(a),Iu(l);return}u--}else if(e==="$"||e==="$?"||e==="$~"||e==="$!"||e==="&")u++;else if(e===
"html")uf(t.ownerDocument.documentElement);else if(e==="head"){e=t.ownerDocument.head,uf(e);for(var n=e.firstChild;n;){var i=n.
nextSibling,c=n.nodeName;n[an]||c==="SCRIPT"||c==="STYLE"||c==="LINK"&&n.rel.toLowerCase()==="stylesheet"||e.removeChild(
n),n=i}}else e==="body"&&uf(t.ownerDocument.body);e=a}while(e);Iu(l)}function Mr(t,l){var e=t;t=0;do{var u=e.nextSibling;
if(e.nodeType===1?l?(e._stashedDisplay=e.style.display,e.style.display="none"):(e.style.display=e._stashedDisplay||"",e.
getAttribute("style")===""&&e.removeAttribute("style")):e.nodeType===3&&(l?(e._stashedText=e.nodeValue,e.nodeValue=""):e.
nodeValue=e._stashedText||""),u&&u.nodeType===8)if(e=u.data,e==="/$"){if(t===0)break;t--}else e!=="$"&&e!=="$?"&&e!=="$~"&&
e!=="$!"||t++;e=u}while(e)}function Oh(t,l,e){if(l=CSS.escape(l)!==l?"r-"+btoa(l).replace(/=/g,""):l,t.style.viewTransitionName=
l,e!=null&&(t.style.viewTransitionClass=e),e=getComputedStyle(t),e.display==="inline"){if(l=t.getClientRects(),l.length===
1)var u=1;else for(var a=u=0;a<l.length;a++){var n=l[a];0<n.width&&0<n.height&&u++}u===1&&(t=t.style,t.display=l.length===
1?"inline-block":"block",t.marginTop="-"+e.paddingTop,t.marginBottom="-"+e.paddingBottom)}}function ph(t,l){t=t.style,l=
l.style;var e=l!=null?l.hasOwnProperty("viewTransitionName")?l.viewTransitionName:l.hasOwnProperty("view-transition-name")?
l["view-transition-name"]:null:null;t.viewTransitionName=e==null||typeof e=="boolean"?"":(""+e).trim(),e=l!=null?l.hasOwnProperty(
"viewTransitionClass")?l.viewTransitionClass:l.hasOwnProperty("view-transition-class")?l["view-transition-class"]:null:null,
t.viewTransitionClass=e==null||typeof e=="boolean"?"":(""+e).trim(),t.display==="inline-block"&&(l==null?t.display=t.margin=
"":(e=l.display,t.display=e==null||typeof e=="boolean"?"":e,e=l.margin,e!=null?t.margin=e:(e=l.hasOwnProperty("marginTop")?
l.marginTop:l["margin-top"],t.marginTop=e==null||typeof e=="boolean"?"":e,l=l.hasOwnProperty("marginBottom")?l.marginBottom:
l["margin-bottom"],t.marginBottom=l==null||typeof l=="boolean"?"":l)))}function _h(t,l,e){return e=e.ownerDocument.defaultView,
{rect:t,abs:l.position==="absolute"||l.position==="fixed",clip:l.clipPath!=="none"||l.overflow!=="visible"||l.filter!=="\
none"||l.mask!=="none"||l.mask!=="none"||l.borderRadius!=="0px",view:0<=t.bottom&&0<=t.right&&t.top<=e.innerHeight&&t.left<=
e.innerWidth}}function oo(t){var l=t.getBoundingClientRect(),e=getComputedStyle(t);return _h(l,e,t)}function pg(t){var l=t.
getBoundingClientRect();l=new DOMRect(l.x+2e4,l.y+2e4,l.width,l.height);var e=getComputedStyle(t);return _h(l,e,t)}function _g(t){
return t.documentElement.clientHeight}function Ng(t){this.addEventListener("load",t),this.addEventListener("error",t)}function Ag(t,l,e,u,a,n,i,c,f){
var r=l.nodeType===9?l:l.ownerDocument;try{var v=r.startViewTransition({update:function(){var s=r.defaultView,h=s.navigation&&
s.navigation.transition,b=r.fonts.status;u();var E=[];if(b==="loaded"&&(_g(r),r.fonts.status==="loading"&&E.push(r.fonts.
ready)),b=E.length,t!==null)for(var O=t.suspenseyImages,d=0,o=0;o<O.length;o++){var m=O[o];if(!m.complete){var g=m.getBoundingClientRect();
if(0<g.bottom&&0<g.right&&g.top<s.innerHeight&&g.left<s.innerWidth){if(d+=Bh(m),d>ai){E.length=b;break}m=new Promise(Ng.
bind(m)),E.push(m)}}}if(0<E.length)return s=Promise.race([Promise.all(E),new Promise(function(T){return setTimeout(T,500)})]).
then(a,a),(h?Promise.allSettled([h.finished,s]):s).then(n,n);if(a(),h)return h.finished.then(n,n);n()},types:e});r.__reactViewTransition=
v;var y=[];return v.ready.then(function(){for(var s=r.documentElement.getAnimations({subtree:!0}),h=0;h<s.length;h++){var b=s[h],
E=b.effect,O=E.pseudoElement;if(O!=null&&O.startsWith("::view-transition")){y.push(b),b=E.getKeyframes();for(var d=O=void 0,
o=!0,m=0;m<b.length;m++){var g=b[m],T=g.width;if(O===void 0)O=T;else if(O!==T){o=!1;break}if(T=g.height,d===void 0)d=T;else if(d!==
T){o=!1;break}delete g.width,delete g.height,g.transform==="none"&&delete g.transform}o&&O!==void 0&&d!==void 0&&(E.setKeyframes(
b),o=getComputedStyle(E.target,E.pseudoElement),o.width!==O||o.height!==d)&&(o=b[0],o.width=O,o.height=d,o=b[b.length-1],
o.width=O,o.height=d,E.setKeyframes(b))}}i()},function(s){r.__reactViewTransition===v&&(r.__reactViewTransition=null);try{
typeof s=="object"&&s!==null&&s.name==="InvalidStateError"&&(s.message==="View transition was skipped because document v\
isibility state is hidden."||s.message==="Skipping view transition because document visibility state has become hidden."||
s.message==="Skipping view transition because viewport size changed."||s.message==="Transition was aborted because of in\
valid state")&&(s=null),s!==null&&f(s)}finally{u(),a(),i()}}),v.finished.finally(function(){for(var s=0;s<y.length;s++)y[s].
cancel();r.__reactViewTransition===v&&(r.__reactViewTransition=null),c()}),v}catch{return u(),a(),i(),null}}function Ye(t,l){
this._scope=document.documentElement,this._selector="::view-transition-"+t+"("+l+")"}Ye.prototype.animate=function(t,l){
return l=typeof l=="number"?{duration:l}:Z({},l),l.pseudoElement=this._selector,this._scope.animate(t,l)};Ye.prototype.getAnimations=
function(){for(var t=this._scope,l=this._selector,e=t.getAnimations({subtree:!0}),u=[],a=0;a<e.length;a++){var n=e[a].effect;
n!==null&&n.target===t&&n.pseudoElement===l&&u.push(e[a])}return u};Ye.prototype.getComputedStyle=function(){return getComputedStyle(
this._scope,this._selector)};function Nh(t){return{name:t,group:new Ye("group",t),imagePair:new Ye("image-pair",t),old:new Ye(
"old",t),new:new Ye("new",t)}}function kt(t){this._fragmentFiber=t,this._observers=this._eventListeners=null}kt.prototype.
addEventListener=function(t,l,e){var u=null,a=null;if(!(e!=null&&typeof e!="boolean"&&(u=e.signal||null,u!==null&&u.aborted))){
this._eventListeners===null&&(this._eventListeners=[]);var n=this._eventListeners;if(Ah(n,t,l,e)===-1){var i=this,c=l;e!=
null&&typeof e!="boolean"&&e.once===!0&&(c=function(f){i.removeEventListener(t,l,e),typeof l=="function"?l.call(this,f):
l.handleEvent(f)}),u!==null&&(a=i.removeEventListener.bind(i,t,l,e),u.addEventListener("abort",a,{once:!0}),a=u.removeEventListener.
bind(u,"abort",a)),u=$u(e),n.push({type:t,listener:l,optionsOrUseCapture:e,attachedListener:c,cleanup:a}),Yt(this._fragmentFiber.
child,!1,Mg,t,c,u)}this._eventListeners=n}};function Mg(t,l,e,u){return ft(t).addEventListener(l,e,u),!1}kt.prototype.removeEventListener=
function(t,l,e){var u=this._eventListeners;if(u!==null&&(l=Ah(u,t,l,e),l!==-1)){var a=u[l];e=a.attachedListener;var n=a.
cleanup;a=$u(a.optionsOrUseCapture),Yt(this._fragmentFiber.child,!1,Dg,t,e,a),u.splice(l,1),n!==null&&n()}};function Dg(t,l,e,u){
return ft(t).removeEventListener(l,e,u),!1}function $u(t){return t!=null&&typeof t!="boolean"&&(t.once===!0||t.signal instanceof
AbortSignal)?{capture:t.capture,passive:t.passive}:t}function Dr(t){return t==null?"c=0":typeof t=="boolean"?"c="+(t?"1":
"0"):"c="+(t.capture?"1":"0")}function Ah(t,l,e,u){if(t.length===0)return-1;u=Dr(u);for(var a=0;a<t.length;a++){var n=t[a];
if(n.type===l&&n.listener===e&&Dr(n.optionsOrUseCapture)===u)return a}return-1}kt.prototype.dispatchEvent=function(t){var l=We(
this._fragmentFiber);if(l===null)return!0;l=ft(l);var e=this._eventListeners;if(e!==null&&0<e.length||!t.bubbles){var u=l.
nodeType===9?l.createComment(""):document.createTextNode("");if(e)for(var a=0;a<e.length;a++){var n=e[a];u.addEventListener(
n.type,n.attachedListener,$u(n.optionsOrUseCapture))}if(l.appendChild(u),t=u.dispatchEvent(t),e)for(a=0;a<e.length;a++)n=
e[a],u.removeEventListener(n.type,n.attachedListener,$u(n.optionsOrUseCapture));return l.removeChild(u),t}return l.dispatchEvent(
t)};kt.prototype.focus=function(t){Yt(this._fragmentFiber.child,!0,Mh,t,void 0,void 0)};function Mh(t,l){return t.tag===
6?!1:(t=ft(t),Xg(t,l))}kt.prototype.focusLast=function(t){var l=[];Yt(this._fragmentFiber.child,!0,os,l,void 0,void 0);for(var e=l.
length-1;0<=e&&!Mh(l[e],t);e--);};function os(t,l){return l.push(t),!1}kt.prototype.blur=function(){var t=We(this._fragmentFiber);
t!==null&&(t=ft(t),t=ka(t).activeElement,t!==null&&Yt(this._fragmentFiber.child,!1,Cg,t,void 0,void 0))};function Cg(t,l){
return t.tag===6?!1:(t=ft(t),t===l||t.contains(l)?(l.blur(),!0):!1)}kt.prototype.observeUsing=function(t){this._observers===
null&&(this._observers=new Set),this._observers.add(t),Yt(this._fragmentFiber.child,!1,Ug,t,void 0,void 0)};function Ug(t,l){
return t.tag===6||(t=ft(t),l.observe(t)),!1}kt.prototype.unobserveUsing=function(t){var l=this._observers;if(l!==null&&l.
has(t)){l.delete(t),Yt(this._fragmentFiber.child,!1,Hg,t,void 0,void 0);for(var e=l=0;e<rl.length;e++){var u=rl[e];u.fragmentInstance===
this&&u.observer===t?t.unobserve(u.instance):rl[l++]=u}rl.length=l}};function Hg(t,l){return t.tag===6||(t=ft(t),l.unobserve(
t)),!1}var rl=[],ef=!1;function Rg(t,l,e){rl.push({fragmentInstance:t,observer:l,instance:e}),ef||(ef=!0,Qg(function(){ef=
!1;var u=rl;rl=[];for(var a=0;a<u.length;a++){var n=u[a];n.observer.unobserve(n.instance)}}))}kt.prototype.getClientRects=
function(){var t=[];return Yt(this._fragmentFiber.child,!1,xg,t,void 0,void 0),t};function xg(t,l){if(t.tag===6){t=t.stateNode;
var e=t.ownerDocument.createRange();e.selectNodeContents(t),l.push.apply(l,e.getClientRects())}else t=ft(t),l.push.apply(
l,t.getClientRects());return!1}kt.prototype.getRootNode=function(t){var l=We(this._fragmentFiber);return l===null?this:ft(
l).getRootNode(t)};kt.prototype.compareDocumentPosition=function(t){var l=We(this._fragmentFiber);if(l===null)return Node.
DOCUMENT_POSITION_DISCONNECTED;var e=[];Yt(this._fragmentFiber.child,!1,os,e,void 0,void 0);var u=ft(l);if(e.length===0){
if(e=u,f0(this._fragmentFiber)){t:{for(l=this._fragmentFiber.return;l!==null;){if(l.tag===4){l=l.stateNode.containerInfo;
break t}if(l.tag===3||l.tag===5||l.tag===27)break;l=l.return}l=null}l!=null&&(e=l)}l=this._fragmentFiber;var a=u=e.compareDocumentPosition(
t);return e===t?a=Node.DOCUMENT_POSITION_CONTAINS:u&Node.DOCUMENT_POSITION_CONTAINED_BY&&(e=Wr(l)[1],e===null?a=Node.DOCUMENT_POSITION_PRECEDING:
(t=ft(e).compareDocumentPosition(t),a=t===0||t&Node.DOCUMENT_POSITION_FOLLOWING?Node.DOCUMENT_POSITION_FOLLOWING:Node.DOCUMENT_POSITION_PRECEDING)),
a|=Node.DOCUMENT_POSITION_IMPLEMENTATION_SPECIFIC}l=ft(e[0]),a=ft(e[e.length-1]);var n=f0(this._fragmentFiber)?l.parentElement:
u;if(n==null)return Node.DOCUMENT_POSITION_DISCONNECTED;u=n.compareDocumentPosition(l)&Node.DOCUMENT_POSITION_CONTAINED_BY,
n=n.compareDocumentPosition(a)&Node.DOCUMENT_POSITION_CONTAINED_BY;var i=l.compareDocumentPosition(t),c=a.compareDocumentPosition(
t),f=i&Node.DOCUMENT_POSITION_CONTAINED_BY||c&Node.DOCUMENT_POSITION_CONTAINED_BY;return c=u&&n&&i&Node.DOCUMENT_POSITION_FOLLOWING&&
c&Node.DOCUMENT_POSITION_PRECEDING,l=u&&l===t||n&&a===t||f||c?Node.DOCUMENT_POSITION_CONTAINED_BY:!u&&l===t||!n&&a===t?Node.
DOCUMENT_POSITION_IMPLEMENTATION_SPECIFIC:i,l&Node.DOCUMENT_POSITION_DISCONNECTED||l&Node.DOCUMENT_POSITION_IMPLEMENTATION_SPECIFIC||
qg(l,this._fragmentFiber,e[0],e[e.length-1],t)?l:Node.DOCUMENT_POSITION_IMPLEMENTATION_SPECIFIC};function qg(t,l,e,u,a){
var n=qe(a);if(t&Node.DOCUMENT_POSITION_CONTAINED_BY){if(e=!!n)t:{for(;n!==null;){if(n.tag===7&&(n===l||n.alternate===l)){
e=!0;break t}n=n.return}e=!1}return e}if(t&Node.DOCUMENT_POSITION_CONTAINS){if(n===null)return n=a.ownerDocument,a===n||
a===n.documentElement||a===n.body;t:{for(n=l,l=We(l);n!==null;){if(!(n.tag!==5&&n.tag!==3&&n.tag!==27||n!==l&&n.alternate!==
l)){n=!0;break t}n=n.return}n=!1}return n}return t&Node.DOCUMENT_POSITION_PRECEDING?((l=!!n)&&!(l=n===e)&&(l=nf(e,n,o0),
l===null?l=!1:(Yt(l,!0,rv,n,e),n=Su,Su=null,l=n!==null)),l):t&Node.DOCUMENT_POSITION_FOLLOWING?((l=!!n)&&!(l=n===u)&&(l=
nf(u,n,o0),l===null?l=!1:(Yt(l,!0,dv,n,u),n=Su,af=Su=null,l=n!==null)),l):!1}function Cr(t,l){var e=t.ownerDocument.createRange();
e.selectNodeContents(t),t=e.getBoundingClientRect(),window.scrollTo(window.scrollX+t.left,l?window.scrollY+t.top:window.
scrollY+t.bottom-window.innerHeight)}kt.prototype.scrollIntoView=function(t){if(typeof t=="object")throw Error(S(566));var l=[];
Yt(this._fragmentFiber.child,!1,os,l,void 0,void 0);var e=t!==!1;if(l.length===0){var u=Wr(this._fragmentFiber);if(u=e?u[1]||
u[0]||We(this._fragmentFiber):u[0]||u[1],u===null)return;if(u.tag===6){t=ft(u),Cr(t,e);return}if(u=ft(u),u.nodeType!==9){
if(u.nodeType===11){e="host"in u?u.host:null,e!==null&&e.scrollIntoView(t);return}u.scrollIntoView(t)}}for(u=e?l.length-
1:0;u!==(e?-1:l.length);){var a=l[u];a.tag===6?(a=ft(a),Cr(a,e)):ft(a).scrollIntoView(t),u+=e?-1:1}};function Yg(t,l){return t=
ft(t),Dh(t,l),!1}function Dh(t,l){t.reactFragments==null&&(t.reactFragments=new Set),t.reactFragments.add(l)}function Ch(t,l){
var e=l._eventListeners;if(e!==null)for(var u=0;u<e.length;u++){var a=e[u];t.addEventListener(a.type,a.attachedListener,
$u(a.optionsOrUseCapture))}t.nodeType!==3&&(e=l._observers,e!==null&&e.forEach(function(n){for(var i=0,c=0;c<rl.length;c++){
var f=rl[c];(f.fragmentInstance!==l||f.observer!==n||f.instance!==t)&&(rl[i++]=f)}rl.length=i,n.observe(t)}),Dh(t,l))}function Bg(t,l){
var e=l._eventListeners;if(e!==null)for(var u=0;u<e.length;u++){var a=e[u];t.removeEventListener(a.type,a.attachedListener,
$u(a.optionsOrUseCapture))}t.nodeType!==3&&(e=l._observers,e!==null&&e.forEach(function(n){typeof n.rootMargin=="string"?
Rg(l,n,t):n.unobserve(t)}),t.reactFragments!=null&&t.reactFragments.delete(l))}function so(t){var l=t.firstChild;for(l&&
l.nodeType===10&&(l=l.nextSibling);l;){var e=l;switch(l=l.nextSibling,e.nodeName){case"HTML":case"HEAD":case"BODY":so(e),
Bi(e);continue;case"SCRIPT":case"STYLE":continue;case"LINK":if(e.rel.toLowerCase()==="stylesheet")continue}t.removeChild(
e)}}function wg(t,l,e,u){for(;t.nodeType===1;){var a=e;if(t.nodeName.toLowerCase()!==l.toLowerCase()){if(!u&&(t.nodeName!==
"INPUT"||t.type!=="hidden"))break}else if(u){if(!t[an])switch(l){case"meta":if(!t.hasAttribute("itemprop"))break;return t;case"\
link":if(n=t.getAttribute("rel"),n==="stylesheet"&&t.hasAttribute("data-precedence"))break;if(n!==a.rel||t.getAttribute(
"href")!==(a.href==null||a.href===""?null:a.href)||t.getAttribute("crossorigin")!==(a.crossOrigin==null?null:a.crossOrigin)||
t.getAttribute("title")!==(a.title==null?null:a.title))break;return t;case"style":if(t.hasAttribute("data-precedence"))break;
return t;case"script":if(n=t.getAttribute("src"),(n!==(a.src==null?null:a.src)||t.getAttribute("type")!==(a.type==null?null:
a.type)||t.getAttribute("crossorigin")!==(a.crossOrigin==null?null:a.crossOrigin))&&n&&t.hasAttribute("async")&&!t.hasAttribute(
"itemprop"))break;return t;default:return t}}else if(l==="input"&&t.type==="hidden"){var n=a.name==null?null:""+a.name;if(a.
type==="hidden"&&t.getAttribute("name")===n)return t}else return t;if(t=nl(t.nextSibling),t===null)break}return null}function Gg(t,l,e){
if(l==="")return null;for(;t.nodeType!==3;)if((t.nodeType!==1||t.nodeName!=="INPUT"||t.type!=="hidden")&&!e||(t=nl(t.nextSibling),
t===null))return null;return t}function Uh(t,l){for(;t.nodeType!==8;)if((t.nodeType!==1||t.nodeName!=="INPUT"||t.type!==
"hidden")&&!l||(t=nl(t.nextSibling),t===null))return null;return t}function ro(t){return t.data==="$?"||t.data==="$~"}function ss(t){
return t.data==="$!"||t.data==="$?"&&t.ownerDocument.readyState!=="loading"}function jg(t,l){var e=t.ownerDocument;if(t.
data==="$~")t._reactRetry=l;else if(t.data!=="$?"||e.readyState!=="loading")l();else{var u=function(){l(),e.removeEventListener(
"DOMContentLoaded",u)};e.addEventListener("DOMContentLoaded",u),t._reactRetry=u}}function nl(t){for(;t!=null;t=t.nextSibling){
var l=t.nodeType;if(l===1||l===3)break;if(l===8){if(l=t.data,l==="$"||l==="$!"||l==="$?"||l==="$~"||l==="&"||l==="F!"||l===
"F")break;if(l==="/$"||l==="/&")return null}}return t}var mo=null;function Ur(t){t=t.nextSibling;for(var l=0;t;){if(t.nodeType===
8){var e=t.data;if(e==="/$"||e==="/&"){if(l===0)return nl(t.nextSibling);l--}else e!=="$"&&e!=="$!"&&e!=="$?"&&e!=="$~"&&
e!=="&"||l++}t=t.nextSibling}return null}function Hr(t){t=t.previousSibling;for(var l=0;t;){if(t.nodeType===8){var e=t.data;
if(e==="$"||e==="$!"||e==="$?"||e==="$~"||e==="&"){if(l===0)return t;l--}else e!=="/$"&&e!=="/&"||l++}t=t.previousSibling}
return null}function Xg(t,l){function e(){u=!0}if(t.ownerDocument.activeElement===t)return!0;var u=!1;try{t.ownerDocument.
addEventListener("focus",e,!0),(t.focus||HTMLElement.prototype.focus).call(t,l)}finally{t.ownerDocument.removeEventListener(
"focus",e,!0)}return u}function Qg(t){Nr(function(){Nr(function(l){return t(l)})})}function Hh(t,l,e){switch(l=ka(e),t){case"\
html":if(t=l.documentElement,!t)throw Error(S(452));return t;case"head":if(t=l.head,!t)throw Error(S(453));return t;case"\
body":if(t=l.body,!t)throw Error(S(454));return t;default:throw Error(S(451))}}function Rh(t,l,e){for(var u in e){var a=e[u];
e.hasOwnProperty(u)&&a!=null&&j(t,l,u,null,gg,a)}e.dangerouslySetInnerHTML!=null&&(t.textContent=""),t.onclick===pl&&(t.
onclick=null),Bi(t)}function uf(t){for(var l=t.attributes;l.length;)t.removeAttributeNode(l[0]);Bi(t)}var il=new Map,Rr=new Set;
function Wa(t){if(typeof t.getRootNode=="function"){var l=t.getRootNode();if(l.nodeType===9||l.nodeType===11)return l}return t.
nodeType===9?t:t.ownerDocument}var Jl=B.d;B.d={f:Vg,r:Zg,D:Lg,C:Kg,L:Jg,m:$g,X:Wg,S:kg,M:Fg};function Vg(){var t=Jl.f(),
l=Fi();return t||l}function Zg(t){var l=ta(t);l!==null&&l.tag===5&&l.type==="form"?gm(l):Jl.r(t)}var aa=typeof document>
"u"?null:document;function xh(t,l,e){var u=aa;if(u&&typeof l=="string"&&l){var a=el(l);a='link[rel="'+t+'"][href="'+a+'"\
]',typeof e=="string"&&(a+='[crossorigin="'+e+'"]'),Rr.has(a)||(Rr.add(a),t={rel:t,crossOrigin:e,href:l},u.querySelector(
a)===null&&(l=u.createElement("link"),bt(l,"link",t),dt(l),u.head.appendChild(l)))}}function Lg(t){Jl.D(t),xh("dns-prefe\
tch",t,null)}function Kg(t,l){Jl.C(t,l),xh("preconnect",t,l)}function Jg(t,l,e){Jl.L(t,l,e);var u=aa;if(u&&t&&l){var a='\
link[rel="preload"][as="'+el(l)+'"]';l==="image"&&e&&e.imageSrcSet?(a+='[imagesrcset="'+el(e.imageSrcSet)+'"]',typeof e.
imageSizes=="string"&&(a+='[imagesizes="'+el(e.imageSizes)+'"]')):a+='[href="'+el(t)+'"]';var n=a;switch(l){case"style":
n=ku(t);break;case"script":n=na(t)}if(!(il.has(n)||(t=Z({rel:"preload",href:l==="image"&&e&&e.imageSrcSet?void 0:t,as:l},
e),il.set(n,t),u.querySelector(a)!==null||l==="style"&&u.querySelector(rn(n))||l==="script"&&u.querySelector(dn(n))))){var i=u.
createElement("link");bt(i,"link",t),l==="style"&&(i[ri]=!0,i.onload=i.onerror=function(){od(i)}),dt(i),u.head.appendChild(
i)}}}function $g(t,l){Jl.m(t,l);var e=aa;if(e&&t){var u=l&&typeof l.as=="string"?l.as:"script",a='link[rel="modulepreloa\
d"][as="'+el(u)+'"][href="'+el(t)+'"]',n=a;switch(u){case"audioworklet":case"paintworklet":case"serviceworker":case"shar\
edworker":case"worker":case"script":n=na(t)}if(!il.has(n)&&(t=Z({rel:"modulepreload",href:t},l),il.set(n,t),e.querySelector(
a)===null)){switch(u){case"audioworklet":case"paintworklet":case"serviceworker":case"sharedworker":case"worker":case"scr\
ipt":if(e.querySelector(dn(n)))return}u=e.createElement("link"),bt(u,"link",t),dt(u),e.head.appendChild(u)}}}function kg(t,l,e){
Jl.S(t,l,e);var u=aa;if(u&&t){var a=Cu(u).hoistableStyles,n=ku(t);l=l||"default";var i=a.get(n);if(!i){var c={loading:0,
preload:null};if(i=u.querySelector(rn(n)))c.loading=5;else{t=Z({rel:"stylesheet",href:t,"data-precedence":l},e),(e=il.get(
n))&&rs(t,e);var f=i=u.createElement("link");dt(f),bt(f,"link",t),f._p=new Promise(function(r,v){f.onload=r,f.onerror=v}),
f.addEventListener("load",function(){c.loading|=1}),f.addEventListener("error",function(){c.loading|=2}),c.loading|=4,ei(
i,l,u)}i={type:"stylesheet",instance:i,count:1,state:c},a.set(n,i)}}}function Wg(t,l){Jl.X(t,l);var e=aa;if(e&&t){var u=Cu(
e).hoistableScripts,a=na(t),n=u.get(a);n||(n=e.querySelector(dn(a)),n||(t=Z({src:t,async:!0},l),(l=il.get(a))&&ds(t,l),n=
e.createElement("script"),dt(n),bt(n,"link",t),e.head.appendChild(n)),n={type:"script",instance:n,count:1,state:null},u.
set(a,n))}}function Fg(t,l){Jl.M(t,l);var e=aa;if(e&&t){var u=Cu(e).hoistableScripts,a=na(t),n=u.get(a);n||(n=e.querySelector(
dn(a)),n||(t=Z({src:t,async:!0,type:"module"},l),(l=il.get(a))&&ds(t,l),n=e.createElement("script"),dt(n),bt(n,"link",t),
e.head.appendChild(n)),n={type:"script",instance:n,count:1,state:null},u.set(a,n))}}function xr(t,l,e,u){var a=(a=re.current)?
Wa(a):null;if(!a)throw Error(S(446));switch(t){case"meta":case"title":return null;case"style":return typeof e.precedence==
"string"&&typeof e.href=="string"?(e=ku(e.href),l=Cu(a).hoistableStyles,u=l.get(e),u||(u={type:"style",instance:null,count:0,
state:null},l.set(e,u)),u):{type:"void",instance:null,count:0,state:null};case"link":if(e.rel==="stylesheet"&&typeof e.href==
"string"&&typeof e.precedence=="string"){t=ku(e.href);var n=Cu(a).hoistableStyles,i=n.get(t);if(i||(a=a.ownerDocument||a,
i={type:"stylesheet",instance:null,count:0,state:{loading:0,preload:null}},n.set(t,i),(n=a.querySelector(rn(t)))?n._p||(i.
instance=n,i.state.loading=5):(n=il.get(t),n||(n={rel:"preload",as:"style",href:e.href,crossOrigin:e.crossOrigin,integrity:e.
integrity,media:e.media,hrefLang:e.hrefLang,referrerPolicy:e.referrerPolicy},il.set(t,n)),Ig(a,t,n,i.state))),l&&u===null)
throw Error(S(528,""));return i}if(l&&u!==null)throw Error(S(529,""));return null;case"script":return l=e.async,e=e.src,
typeof e=="string"&&l&&typeof l!="function"&&typeof l!="symbol"?(e=na(e),l=Cu(a).hoistableScripts,u=l.get(e),u||(u={type:"\
script",instance:null,count:0,state:null},l.set(e,u)),u):{type:"void",instance:null,count:0,state:null};default:throw Error(
S(444,t))}}function ku(t){return'href="'+el(t)+'"'}function rn(t){return'link[rel="stylesheet"]['+t+"]"}function qh(t){return Z(
{},t,{"data-precedence":t.precedence,precedence:null})}function Ig(t,l,e,u){if(l=t.querySelector('link[rel="preload"][as\
="style"]['+l+"]")){if(l[ri]!==!0){u.loading=1;return}}else l=t.createElement("link"),l[ri]=!0,l.onload=l.onerror=od.bind(
null,l),bt(l,"link",e),dt(l),t.head.appendChild(l);u.preload=l,l.addEventListener("load",function(){return u.loading|=1}),
l.addEventListener("error",function(){return u.loading|=2})}function na(t){return'[src="'+el(t)+'"]'}function dn(t){return"\
script[async]"+t}function qr(t,l,e){if(l.count++,l.instance===null)switch(l.type){case"style":var u=t.querySelector('sty\
le[data-href~="'+el(e.href)+'"]');if(u)return l.instance=u,dt(u),u;var a=Z({},e,{"data-href":e.href,"data-precedence":e.
precedence,href:null,precedence:null});return u=(t.ownerDocument||t).createElement("style"),dt(u),bt(u,"style",a),ei(u,e.
precedence,t),l.instance=u;case"stylesheet":a=ku(e.href);var n=t.querySelector(rn(a));if(n)return l.state.loading|=4,l.instance=
n,dt(n),n;u=qh(e),(a=il.get(a))&&rs(u,a),n=(t.ownerDocument||t).createElement("link"),dt(n);var i=n;return i._p=new Promise(
function(c,f){i.onload=c,i.onerror=f}),bt(n,"link",u),l.state.loading|=4,ei(n,e.precedence,t),l.instance=n;case"script":
return n=na(e.src),(a=t.querySelector(dn(n)))?(l.instance=a,dt(a),a):(u=e,(a=il.get(n))&&(u=Z({},e),ds(u,a)),t=t.ownerDocument||
t,a=t.createElement("script"),dt(a),bt(a,"link",u),t.head.appendChild(a),l.instance=a);case"void":return null;default:throw Error(
S(443,l.type))}else l.type==="stylesheet"&&(l.state.loading&4)===0&&(u=l.instance,l.state.loading|=4,ei(u,e.precedence,t));
return l.instance}function ei(t,l,e){for(var u=e.querySelectorAll('link[rel="stylesheet"][data-precedence],style[data-pr\
ecedence]'),a=u.length?u[u.length-1]:null,n=a,i=0;i<u.length;i++){var c=u[i];if(c.dataset.precedence===l)n=c;else if(n!==
a)break}n?n.parentNode.insertBefore(t,n.nextSibling):(l=e.nodeType===9?e.head:e,l.insertBefore(t,l.firstChild))}function rs(t,l){
t.crossOrigin==null&&(t.crossOrigin=l.crossOrigin),t.referrerPolicy==null&&(t.referrerPolicy=l.referrerPolicy),t.title==
null&&(t.title=l.title)}function ds(t,l){t.crossOrigin==null&&(t.crossOrigin=l.crossOrigin),t.referrerPolicy==null&&(t.referrerPolicy=
l.referrerPolicy),t.integrity==null&&(t.integrity=l.integrity)}var ui=null;function Yr(t,l,e){if(ui===null){var u=new Map,
a=ui=new Map;a.set(e,u)}else a=ui,u=a.get(e),u||(u=new Map,a.set(e,u));if(u.has(t))return u;for(u.set(t,null),e=e.getElementsByTagName(
t),a=0;a<e.length;a++){var n=e[a];if(!(n[an]||n[vt]||t==="link"&&n.getAttribute("rel")==="stylesheet")&&n.namespaceURI!==
"http://www.w3.org/2000/svg"){var i=n.getAttribute(l)||"";i=t+i;var c=u.get(i);c?c.push(n):u.set(i,[n])}}return u}function ho(t,l,e){
t=t.ownerDocument||t,t.head.insertBefore(e,l==="title"?t.querySelector("head > title"):null)}function Pg(t,l,e){if(e===1||
l.itemProp!=null)return!1;switch(t){case"meta":case"title":return!0;case"style":if(typeof l.precedence!="string"||typeof l.
href!="string"||l.href==="")break;return!0;case"link":if(typeof l.rel!="string"||typeof l.href!="string"||l.href===""||l.
onLoad||l.onError)break;return l.rel==="stylesheet"?(t=l.disabled,typeof l.precedence=="string"&&t==null):!0;case"script":
if(l.async&&typeof l.async!="function"&&typeof l.async!="symbol"&&!l.onLoad&&!l.onError&&l.src&&typeof l.src=="string")return!0}
return!1}function Br(t,l){return t==="img"&&l.src!=null&&l.src!==""&&l.onLoad==null&&l.loading!=="lazy"}function Yh(t){return!(t.
type==="stylesheet"&&(t.state.loading&3)===0)}function Bh(t){return(t.width||100)*(t.height||100)*(typeof devicePixelRatio==
"number"?devicePixelRatio:1)*.25}function wr(t,l){typeof l.decode=="function"&&(t.imgCount++,l.complete||(t.imgBytes+=Bh(
l),t.suspenseyImages.push(l)),t=eS.bind(t),l.decode().then(t,t))}function tS(t,l,e,u){if(e.type==="stylesheet"&&(typeof u.
media!="string"||matchMedia(u.media).matches!==!1)&&(e.state.loading&4)===0){if(e.instance===null){var a=ku(u.href),n=l.
querySelector(rn(a));if(n){l=n._p,l!==null&&typeof l=="object"&&typeof l.then=="function"&&(t.count++,t=Fa.bind(t),l.then(
t,t)),e.state.loading|=4,e.instance=n,dt(n);return}n=l.ownerDocument||l,u=qh(u),(a=il.get(a))&&rs(u,a),n=n.createElement(
"link"),dt(n);var i=n;i._p=new Promise(function(c,f){i.onload=c,i.onerror=f}),bt(n,"link",u),e.instance=n}t.stylesheets===
null&&(t.stylesheets=new Map),t.stylesheets.set(e,l),(l=e.state.preload)&&(e.state.loading&3)===0&&(t.count++,e=Fa.bind(
t),l.addEventListener("load",e),l.addEventListener("error",e))}}var ai=0;function lS(t,l){return t.stylesheets&&t.count===
0&&ni(t,t.stylesheets),0<t.count||0<t.imgCount?function(e){var u=setTimeout(function(){if(t.stylesheets&&ni(t,t.stylesheets),
t.unsuspend){var n=t.unsuspend;t.unsuspend=null,n()}},6e4+l);0<t.imgBytes&&ai===0&&(ai=62500*bg());var a=setTimeout(function(){
if(t.waitingForImages=!1,t.count===0&&(t.stylesheets&&ni(t,t.stylesheets),t.unsuspend)){var n=t.unsuspend;t.unsuspend=null,
n()}},(t.imgBytes>ai?50:800)+l);return t.unsuspend=e,function(){t.unsuspend=null,clearTimeout(u),clearTimeout(a)}}:null}
function wh(t){if(t.count===0&&(t.imgCount===0||!t.waitingForImages)){if(t.stylesheets)ni(t,t.stylesheets);else if(t.unsuspend){
var l=t.unsuspend;t.unsuspend=null,l()}}}function Fa(){this.count--,wh(this)}function eS(){this.imgCount--,wh(this)}var xi=null;
function ni(t,l){t.stylesheets=null,t.unsuspend!==null&&(t.count++,xi=new Map,l.forEach(uS,t),xi=null,Fa.call(t))}function uS(t,l){
if(!(l.state.loading&4)){var e=xi.get(t);if(e)var u=e.get(null);else{e=new Map,xi.set(t,e);for(var a=t.querySelectorAll(
"link[data-precedence],style[data-precedence]"),n=0;n<a.length;n++){var i=a[n];(i.nodeName==="LINK"||i.getAttribute("med\
ia")!=="not all")&&(e.set(i.dataset.precedence,i),u=i)}u&&e.set(null,u)}a=l.instance,i=a.getAttribute("data-precedence"),
n=e.get(i)||u,n===u&&e.set(null,a),e.set(i,a),this.count++,u=Fa.bind(this),a.addEventListener("load",u),a.addEventListener(
"error",u),n?n.parentNode.insertBefore(a,n.nextSibling):(t=t.nodeType===9?t.head:t,t.insertBefore(a,t.firstChild)),l.state.
loading|=4}}var Wu={$$typeof:Ol,Provider:null,Consumer:null,_currentValue:Be,_currentValue2:Be,_threadCount:0};function aS(t,l,e,u,a,n,i,c,f){
this.tag=1,this.containerInfo=t,this.pingCache=this.current=this.pendingChildren=null,this.timeoutHandle=-1,this.callbackNode=
this.next=this.pendingContext=this.context=this.cancelPendingCommit=null,this.callbackPriority=0,this.expirationTimes=Uc(
-1),this.entangledLanes=this.shellSuspendCounter=this.errorRecoveryDisabledLanes=this.expiredLanes=this.warmLanes=this.pingedLanes=
this.suspendedLanes=this.pendingLanes=0,this.entanglements=Uc(0),this.hiddenUpdates=Uc(null),this.identifierPrefix=u,this.
onUncaughtError=a,this.onCaughtError=n,this.onRecoverableError=i,this.pooledCache=null,this.pooledCacheLanes=0,this.formState=
f,this.transitionTypes=null,this.incompleteTransitions=new Map}function Gh(t,l,e,u,a,n,i,c,f,r,v,y){return t=new aS(t,l,
e,i,f,r,v,y,c),l=1,n===!0&&(l|=24),n=xt(3,null,null,l),t.current=n,n.stateNode=t,l=Ho(),l.refCount++,t.pooledCache=l,l.refCount++,
n.memoizedState={element:u,isDehydrated:e,cache:l},qo(n),t}function jh(t){return t?(t=Nu,t):Nu}function Xh(t,l,e,u,a,n){
a=jh(a),u.context===null?u.context=a:u.pendingContext=a,u=me(l),u.payload={element:e},n=n===void 0?null:n,n!==null&&(u.callback=
n),e=he(t,u,l),e!==null&&(qt(e,t,l),Da(e,t,l))}function Gr(t,l){if(t=t.memoizedState,t!==null&&t.dehydrated!==null){var e=t.
retryLane;t.retryLane=e!==0&&e<l?e:l}}function ms(t,l){Gr(t,l),(t=t.alternate)&&Gr(t,l)}function Qh(t){if(t.tag===13||t.
tag===31){var l=Pe(t,67108864);l!==null&&qt(l,t,67108864),ms(t,67108864)}}function jr(t){if(t.tag===13||t.tag===31){var l=Jt();
l=To(l);var e=Pe(t,l);e!==null&&qt(e,t,l),ms(t,l)}}var Fu=!0;function nS(t,l,e,u){var a=_.T;_.T=null;var n=B.p;try{B.p=2,
hs(t,l,e,u)}finally{B.p=n,_.T=a}}function iS(t,l,e,u){var a=_.T;_.T=null;var n=B.p;try{B.p=8,hs(t,l,e,u)}finally{B.p=n,_.
T=a}}function hs(t,l,e,u){if(Fu){var a=vo(u);if(a===null)tf(t,l,u,qi,e),Xr(t,u);else if(fS(a,t,l,e,u))u.stopPropagation();else if(Xr(
t,u),l&4&&-1<cS.indexOf(t)){for(;a!==null;){var n=ta(a);if(n!==null)switch(n.tag){case 3:if(n=n.stateNode,n.current.memoizedState.
isDehydrated){var i=He(n.pendingLanes);if(i!==0){var c=n;for(c.pendingLanes|=2,c.entangledLanes|=2;i;){var f=1<<31-Kt(i);
c.entanglements[1]|=f,i&=~f}Ul(n),(Y&6)===0&&(Di=Zt()+500,sn(0,!1))}}break;case 31:case 13:c=Pe(n,2),c!==null&&qt(c,n,2),
Fi(),ms(n,2)}if(n=vo(u),n===null&&tf(t,l,u,qi,e),n===a)break;a=n}a!==null&&u.stopPropagation()}else tf(t,l,u,null,e)}}function vo(t){
return t=Oo(t),vs(t)}var qi=null;function vs(t){if(qi=null,t=qe(t),t!==null){var l=tn(t);if(l===null)t=null;else{var e=l.
tag;if(e===13){if(t=Jr(l),t!==null)return t;t=null}else if(e===31){if(t=$r(l),t!==null)return t;t=null}else if(e===3){if(l.
stateNode.current.memoizedState.isDehydrated)return l.tag===3?l.stateNode.containerInfo:null;t=null}else l!==t&&(t=null)}}
return qi=t,null}function Vh(t){switch(t){case"beforetoggle":case"cancel":case"click":case"close":case"contextmenu":case"\
copy":case"cut":case"auxclick":case"dblclick":case"dragend":case"dragstart":case"drop":case"focusin":case"focusout":case"\
input":case"invalid":case"keydown":case"keypress":case"keyup":case"mousedown":case"mouseup":case"paste":case"pause":case"\
play":case"pointercancel":case"pointerdown":case"pointerup":case"ratechange":case"reset":case"seeked":case"submit":case"\
toggle":case"touchcancel":case"touchend":case"touchstart":case"volumechange":case"change":case"selectionchange":case"tex\
tInput":case"compositionstart":case"compositionend":case"compositionupdate":case"beforeblur":case"afterblur":case"before\
input":case"blur":case"fullscreenchange":case"fullscreenerror":case"focus":case"hashchange":case"popstate":case"select":case"\
selectstart":return 2;case"drag":case"dragenter":case"dragexit":case"dragleave":case"dragover":case"mousemove":case"mous\
eout":case"mouseover":case"pointermove":case"pointerout":case"pointerover":case"resize":case"scroll":case"touchmove":case"\
wheel":case"mouseenter":case"mouseleave":case"pointerenter":case"pointerleave":return 8;case"message":switch(Ev()){case td:
return 2;case ld:return 8;case si:case zv:return 32;case ed:return 268435456;default:return 32}default:return 32}}var yo=!1,
Se=null,be=null,Te=null,Ia=new Map,Pa=new Map,ae=[],cS="mousedown mouseup touchcancel touchend touchstart auxclick dblcl\
ick pointercancel pointerdown pointerup dragend dragstart drop compositionend compositionstart keydown keypress keyup in\
put textInput copy cut paste click change contextmenu reset".split(" ");function Xr(t,l){switch(t){case"focusin":case"fo\
cusout":Se=null;break;case"dragenter":case"dragleave":be=null;break;case"mouseover":case"mouseout":Te=null;break;case"po\
interover":case"pointerout":Ia.delete(l.pointerId);break;case"gotpointercapture":case"lostpointercapture":Pa.delete(l.pointerId)}}
function Sa(t,l,e,u,a,n){return t===null||t.nativeEvent!==n?(t={blockedOn:l,domEventName:e,eventSystemFlags:u,nativeEvent:n,
targetContainers:[a]},l!==null&&(l=ta(l),l!==null&&Qh(l)),t):(t.eventSystemFlags|=u,l=t.targetContainers,a!==null&&l.indexOf(
a)===-1&&l.push(a),t)}function fS(t,l,e,u,a){switch(l){case"focusin":return Se=Sa(Se,t,l,e,u,a),!0;case"dragenter":return be=
Sa(be,t,l,e,u,a),!0;case"mouseover":return Te=Sa(Te,t,l,e,u,a),!0;case"pointerover":var n=a.pointerId;return Ia.set(n,Sa(
Ia.get(n)||null,t,l,e,u,a)),!0;case"gotpointercapture":return n=a.pointerId,Pa.set(n,Sa(Pa.get(n)||null,t,l,e,u,a)),!0}return!1}
function Zh(t){var l=qe(t.target);if(l!==null){var e=tn(l);if(e!==null){if(l=e.tag,l===13){if(l=Jr(e),l!==null){t.blockedOn=
l,m0(t.priority,function(){jr(e)});return}}else if(l===31){if(l=$r(e),l!==null){t.blockedOn=l,m0(t.priority,function(){jr(
e)});return}}else if(l===3&&e.stateNode.current.memoizedState.isDehydrated){t.blockedOn=e.tag===3?e.stateNode.containerInfo:
null;return}}}t.blockedOn=null}function ii(t){if(t.blockedOn!==null)return!1;for(var l=t.targetContainers;0<l.length;){var e=vo(
t.nativeEvent);if(e===null){e=t.nativeEvent;var u=new e.constructor(e.type,e);Sf=u,e.target.dispatchEvent(u),Sf=null}else
return l=ta(e),l!==null&&Qh(l),t.blockedOn=e,!1;l.shift()}return!0}function Qr(t,l,e){ii(t)&&e.delete(l)}function oS(){yo=
!1,Se!==null&&ii(Se)&&(Se=null),be!==null&&ii(be)&&(be=null),Te!==null&&ii(Te)&&(Te=null),Ia.forEach(Qr),Pa.forEach(Qr)}
function jn(t,l){t.blockedOn===l&&(t.blockedOn=null,yo||(yo=!0,ot.unstable_scheduleCallback(ot.unstable_NormalPriority,oS)))}
var Xn=null;function Vr(t){Xn!==t&&(Xn=t,ot.unstable_scheduleCallback(ot.unstable_NormalPriority,function(){Xn===t&&(Xn=
null);for(var l=0;l<t.length;l+=3){var e=t[l],u=t[l+1],a=t[l+2];if(typeof u!="function"){if(vs(u||e)===null)continue;break}
var n=ta(e);n!==null&&(t.splice(l,3),l-=3,xf(n,{pending:!0,data:a,method:e.method,action:u},u,a))}}))}function Iu(t){function l(f){
return jn(f,t)}Se!==null&&jn(Se,t),be!==null&&jn(be,t),Te!==null&&jn(Te,t),Ia.forEach(l),Pa.forEach(l);for(var e=0;e<ae.
length;e++){var u=ae[e];u.blockedOn===t&&(u.blockedOn=null)}for(;0<ae.length&&(e=ae[0],e.blockedOn===null);)Zh(e),e.blockedOn===
null&&ae.shift();if(e=(t.ownerDocument||t).$$reactFormReplay,e!=null)for(u=0;u<e.length;u+=3){var a=e[u],n=e[u+1],i=a[Bt]||
null;if(typeof n=="function")i||Vr(e);else if(i){var c=null;if(n&&n.hasAttribute("formAction")){if(a=n,i=n[Bt]||null)c=i.
formAction;else if(vs(a)!==null)continue}else c=i.action;typeof c=="function"?e[u+1]=c:(e.splice(u,3),u-=3),Vr(e)}}}function Lh(){
function t(n){n.canIntercept&&n.info==="react-transition"&&n.intercept({handler:function(){return new Promise(function(i){
return a=i})},focusReset:"manual",scroll:"manual"})}function l(){a!==null&&(a(),a=null),u||setTimeout(e,20)}function e(){
if(!u&&!navigation.transition){var n=navigation.currentEntry;n&&n.url!=null&&navigation.navigate(n.url,{state:n.getState(),
info:"react-transition",history:"replace"})}}if(typeof navigation=="object"){var u=!1,a=null;return navigation.addEventListener(
"navigate",t),navigation.addEventListener("navigatesuccess",l),navigation.addEventListener("navigateerror",l),setTimeout(
e,100),function(){u=!0,navigation.removeEventListener("navigate",t),navigation.removeEventListener("navigatesuccess",l),
navigation.removeEventListener("navigateerror",l),a!==null&&(a(),a=null)}}}function ys(t){this._internalRoot=t}tc.prototype.
render=ys.prototype.render=function(t){var l=this._internalRoot;if(l===null)throw Error(S(409));var e=l.current,u=Jt();Xh(
e,u,t,l,null,null)};tc.prototype.unmount=ys.prototype.unmount=function(){var t=this._internalRoot;if(t!==null){this._internalRoot=
null;var l=t.containerInfo;Xh(t.current,2,null,t,null,null),Fi(),l[Pu]=null}};function tc(t){this._internalRoot=t}tc.prototype.
unstable_scheduleHydration=function(t){if(t){var l=fd();t={blockedOn:null,target:t,priority:l};for(var e=0;e<ae.length&&
l!==0&&l<ae[e].priority;e++);ae.splice(e,0,t),e===0&&Zh(t)}};var Zr=Lr.version;if(Zr!=="19.3.1")throw Error(S(527,Zr,"19\
.3.1"));B.findDOMNode=function(t){var l=t._reactInternals;if(l===void 0)throw typeof t.render=="function"?Error(S(188)):
(t=Object.keys(t).join(","),Error(S(268,t)));return t=sv(l),t=t!==null?kr(t):null,t=t===null?null:t.stateNode,t};var sS={
bundleType:0,version:"19.3.1",rendererPackageName:"react-dom",currentDispatcherRef:_,reconcilerVersion:"19.3.1"};if(typeof __REACT_DEVTOOLS_GLOBAL_HOOK__<
"u"&&(ba=__REACT_DEVTOOLS_GLOBAL_HOOK__,!ba.isDisabled&&ba.supportsFiber))try{ln=ba.inject(sS),Lt=ba}catch{}var ba;lc.createRoot=
function(t,l){if(!Kr(t))throw Error(S(299));var e=!1,u="",a=_m,n=Nm,i=Am;return l!=null&&(l.unstable_strictMode===!0&&(e=
!0),l.identifierPrefix!==void 0&&(u=l.identifierPrefix),l.onUncaughtError!==void 0&&(a=l.onUncaughtError),l.onCaughtError!==
void 0&&(n=l.onCaughtError),l.onRecoverableError!==void 0&&(i=l.onRecoverableError)),l=Gh(t,1,!1,null,null,e,u,null,a,n,
i,Lh),t[Pu]=l.current,cs(t),new ys(l)};lc.hydrateRoot=function(t,l,e){if(!Kr(t))throw Error(S(299));var u=!1,a="",n=_m,i=Nm,
c=Am,f=null;return e!=null&&(e.unstable_strictMode===!0&&(u=!0),e.identifierPrefix!==void 0&&(a=e.identifierPrefix),e.onUncaughtError!==
void 0&&(n=e.onUncaughtError),e.onCaughtError!==void 0&&(i=e.onCaughtError),e.onRecoverableError!==void 0&&(c=e.onRecoverableError),
e.formState!==void 0&&(f=e.formState)),l=Gh(t,1,!0,l,e??null,u,a,f,n,i,c,Lh),l.context=jh(null),e=l.current,u=Jt(),u=To(
u),a=me(u),a.callback=null,he(e,a,u),e=u,l.current.lanes=e,un(l,e),Ul(l),t[Pu]=l.current,cs(t),new tc(l)};lc.version="19\
.3.1"});var kh=yl((g2,$h)=>{"use strict";function Jh(){if(!(typeof __REACT_DEVTOOLS_GLOBAL_HOOK__>"u"||typeof __REACT_DEVTOOLS_GLOBAL_HOOK__.
checkDCE!="function"))try{__REACT_DEVTOOLS_GLOBAL_HOOK__.checkDCE(Jh)}catch(t){console.error(t)}}Jh(),$h.exports=Kh()});var Fh=yl(ec=>{"use strict";var rS=Symbol.for("react.transitional.element"),dS=Symbol.for("react.fragment");function Wh(t,l,e){
var u=null;if(e!==void 0&&(u=""+e),l.key!==void 0&&(u=""+l.key),"key"in l){e={};for(var a in l)a!=="key"&&(e[a]=l[a])}else
e=l;return l=e.ref,{$$typeof:rS,type:t,key:u,ref:l!==void 0?l:null,props:e}}ec.Fragment=dS;ec.jsx=Wh;ec.jsxs=Wh});var hl=yl((b2,Ih)=>{"use strict";Ih.exports=Fh()});var U1=_t(kh(),1);var Me=_t(De(),1);var $l=_t(De(),1),cl=_t(hl(),1),mS=Object.freeze({idle:"no connection; it opens with the next question",connecting:"conn\
ecting …",open:"connected",waiting:"the connection was cut; trying again …",closed:"closed"});function Ph({send:t,stop:l,
clear:e,running:u,ready:a,connection:n}){let[i,c]=(0,$l.useState)(""),f=(0,$l.useRef)(null),r=(0,$l.useId)();(0,$l.useEffect)(
()=>{f.current?.focus()},[]),hS(u,l);let v=()=>{let s=i.trim();s===""||u||!a||(c(""),t(s),f.current?.focus())},y=s=>{s.key!==
"Enter"||s.shiftKey||s.nativeEvent.isComposing||(s.preventDefault(),v())};return(0,cl.jsxs)("form",{className:"composer",
onSubmit:s=>{s.preventDefault(),v()},children:[(0,cl.jsx)("label",{htmlFor:r,children:"Your question"}),(0,cl.jsxs)("div",
{className:"row",children:[(0,cl.jsx)("textarea",{id:r,ref:f,rows:2,value:i,"aria-describedby":`${r}-keys`,onKeyDown:y,onChange:s=>c(
s.target.value)}),u?(0,cl.jsx)("button",{type:"button",className:"stop",onClick:()=>(l(),f.current?.focus()),children:"S\
top"}):(0,cl.jsx)("button",{type:"submit",disabled:!a||i.trim()==="",children:"Ask"})]}),(0,cl.jsxs)("p",{className:"sof\
t keys",children:[(0,cl.jsx)("span",{id:`${r}-keys`,children:"Enter asks, Shift+Enter begins a line, Esc stops."}),n&&(0,cl.jsxs)(
"span",{role:"status",className:"connection","data-state":n,children:["WebSocket: ",mS[n]]}),e&&(0,cl.jsx)("button",{type:"\
button",className:"link",onClick:()=>(e(),f.current?.focus()),disabled:u,children:"Begin anew"})]})]})}function hS(t,l){
(0,$l.useEffect)(()=>{if(!t)return;let e=u=>u.key==="Escape"&&l();return addEventListener("keydown",e),()=>removeEventListener(
"keydown",e)},[t,l])}var vl=_t(De(),1);async function t1(t,l){let e=performance.now(),u=()=>performance.now()-e;try{await(t.inParts?yS:vS)(t,l),l({state:"done",
duration:u()})}catch(a){t.signal.aborted?l({state:"stopped",duration:u()}):l({state:"failed",error:a,duration:u()})}}async function vS({
caller:t,model:l,messages:e,skipCache:u,signal:a},n){let{result:i,text:c,body:f,cost:r}=await t.chat({model:l,messages:e},
{skip_cache:u,signal:a});n({result:i,text:c,cost:r,provider:i.provider,model:i.model??f.model??null})}async function yS({
caller:t,model:l,messages:e,skipCache:u,signal:a},n){let i={model:l,messages:e,stream_options:{include_usage:!0}},c=await t.
stream(i,{skip_cache:u,signal:a}),{result:f}=c;n({state:"answering",result:f,provider:f.provider,model:f.model});for await(let r of c.
texts())n({text:c.text});n({cost:c.cost})}var gs=_t(De(),1),q=_t(hl(),1),ia=Object.freeze({whole:{words:"in one piece",inParts:!1,overSocket:!1},stream:{words:"as\
 a stream",inParts:!0,overSocket:!1},socket:{words:"in one piece, over a WebSocket",inParts:!1,overSocket:!0},socketStream:{
words:"as a stream, over a WebSocket",inParts:!0,overSocket:!0}});function e1({targets:t,choice:l,change:e,open:u}){let a=t.
find(({id:n})=>n===l.target);return(0,q.jsxs)("details",{className:"settings",open:u,children:[(0,q.jsxs)("summary",{children:[
(0,q.jsx)("span",{className:"soft",children:"To "}),a?.label,(0,q.jsxs)("span",{className:"soft",children:[" ","· ",l.model,
" · ",ia[l.way].words]})]}),(0,q.jsxs)("div",{className:"fields",children:[(0,q.jsx)(uc,{label:"Gateway or edge",children:n=>(0,q.jsx)(
"select",{id:n,value:l.target,onChange:i=>e({target:i.target.value}),children:t.map(({id:i,label:c})=>(0,q.jsx)("option",
{value:i,children:c},i))})}),(0,q.jsx)(gS,{models:a?.models??[],model:l.model,change:e}),(0,q.jsx)(uc,{label:"Answers co\
me",children:n=>(0,q.jsx)("select",{id:n,value:l.way,onChange:i=>e({way:i.target.value}),children:Object.entries(ia).map(
([i,{words:c}])=>(0,q.jsx)("option",{value:i,children:c},i))})}),a?.wantsToken&&(0,q.jsx)(uc,{label:"Your token for this\
 edge",children:n=>(0,q.jsx)("input",{id:n,type:"password",autoComplete:"off",value:l.token,onChange:i=>e({token:i.target.
value})})}),a?.problem&&(0,q.jsx)("p",{className:"failure",children:a.problem})]}),(0,q.jsxs)("div",{className:"checks",
children:[(0,q.jsx)(l1,{label:"Leave the cache out",on:l.skipCache,change:n=>e({skipCache:n})}),(0,q.jsx)(l1,{label:"Sen\
d what was said before",on:l.withHistory,change:n=>e({withHistory:n})})]}),(0,q.jsx)("p",{className:"soft note",children:"\
The same question comes from the cache when it is sent alone and in one piece: streams are never cached."})]})}function gS({
models:t,model:l,change:e}){let u=(0,gs.useId)();return(0,q.jsx)(uc,{label:"Model",children:a=>(0,q.jsxs)(q.Fragment,{children:[
(0,q.jsx)("input",{id:a,list:u,value:l,autoComplete:"off",spellCheck:"false",autoCapitalize:"off",onChange:n=>e({model:n.
target.value})}),(0,q.jsx)("datalist",{id:u,children:t.map(n=>(0,q.jsx)("option",{value:n},n))})]})})}function uc({label:t,
children:l}){let e=(0,gs.useId)();return(0,q.jsxs)("div",{className:"field",children:[(0,q.jsx)("label",{htmlFor:e,children:t}),
l(e)]})}function l1({label:t,on:l,change:e}){return(0,q.jsxs)("label",{className:"check",children:[(0,q.jsx)("input",{type:"\
checkbox",checked:l,onChange:u=>e(u.target.checked)}),t]})}var ca=class{constructor(l,e){this.result=l,this.body=e}get text(){return Ss(this.body)}get usage(){return this.body.usage??
null}get cost(){return u1(this.result,this.usage)}},fa=class{#e;constructor(l,e){this.#e=e,this.result=l,this.text="",this.
usage=null,this.finish=null}get cost(){return u1(this.result,this.usage)}async*[Symbol.asyncIterator](){for await(let l of this.#e)
this.text+=Ss(l),this.usage=l.usage??this.usage,this.finish=bs(l)??this.finish,yield l}async*texts(){for await(let l of this){
let e=Ss(l);e!==""&&(yield e)}}};function Ss(t){let l=t.choices?.[0],e=(l?.delta??l?.message)?.content;return typeof e==
"string"?e:""}var bs=t=>t.choices?.[0]?.finish_reason??null;function u1(t,l){return t.cached?0:typeof l?.cost=="number"?
l.cost:null}var wt=class extends Error{constructor({message:l,from:e="network",status:u,code:a,retryAfter:n=null,body:i=null,result:c=null,
cause:f}){super(l,f===void 0?void 0:{cause:f}),this.from=e,this.status=u??null,this.code=a??null,this.retryAfter=n,this.
body=i,this.result=c}get retryable(){return this.status!==null&&(this.status===408||this.status>=500)}},lu=class extends wt{},
eu=class extends wt{get retryable(){return!0}},uu=class extends wt{get retryable(){return this.retryAfter!==null}},au=class extends wt{get retryable(){
return!1}},nu=class extends wt{},iu=class extends wt{},Wt=class extends wt{get retryable(){return!0}},SS={GatewayError:wt,
UnauthorizedError:lu,RateLimitError:eu,SpendLimitError:uu,BlockedError:au,InvalidRequestError:nu,ServerError:iu,ConnectionError:Wt};
for(let[t,l]of Object.entries(SS))l.prototype.name=t;var bS=new Set([2021,2041,2045]),TS=new Set([2016,2017,2029,2030]),
ES={AiGatewayError:"gateway",CfaigEdgeError:"edge"};function cu(t,l,e,u=null){let a=OS(l),n=t??a.status,i=a.message||(n===
null?"the request failed":`the request failed with ${n}`),c={...a,message:i,status:n,body:l,result:e,retryAfter:pS(u)};return new(zS(
n,a.code))(c)}var mn=(t,l,e)=>new Wt({message:"the answer is no JSON",from:"provider",body:t,result:l,cause:e}),hn=t=>Es(
t)&&(t.success===!1||(t.error??null)!==null);function zS(t,l){return bS.has(l)?uu:TS.has(l)?au:t===401||t===403?lu:t===429?
eu:t!==null&&t>=500?iu:t!==null&&t>=400?nu:wt}function OS(t){let[l]=Array.isArray(t)?t:[t];if(!Es(l))return{message:Ts(l),
from:"provider",code:null,status:null};let e=ES[String(l.name)]??(Array.isArray(l.errors)?"gateway":"provider"),u=[l.errors??
l.error].flat()[0],a=typeof l.httpCode=="number"?l.httpCode:null;if(!Es(u))return{message:Ts(u??l.message),from:e,code:null,
status:a};let n=u.code??u.type??null;return{message:Ts(u.message),from:u.type==="gateway_error"?"gateway":e,code:n,status:a}}
var Ts=t=>typeof t=="string"?t.trim().slice(0,500):"";function pS(t){if(!t)return null;let l=/^\d+$/.test(t)?Number(t):(Date.
parse(t)-Date.now())/1e3;return Number.isNaN(l)?null:Math.max(0,l)}var Es=t=>typeof t=="object"&&t!==null;function a1(t,l){let e=t("step"),u=t("cache-status");return Object.freeze({provider:t("provider"),model:t("model"),cache:u,
cached:u==="HIT",step:e!==null&&/^\d+$/.test(e)?Number(e):null,log_id:t("log-id"),event_id:t("event-id"),request_id:t("r\
equest-id"),latency:l})}var n1=(t,l=0)=>a1(e=>t.get(`cf-aig-${e}`),l),_S={"cache-status":"cacheStatus",step:"step","log-\
id":"logId","event-id":"eventId"},i1=(t,l)=>a1(e=>{let u=t[_S[e]]??null;return u===null?null:String(u)},l);async function*c1(t){let l=[];for await(let e of NS(t)){if(e===""){l.length>0&&(yield l.join(`
`)),l=[];continue}let[,u,a]=/^([^:]*)(?:: ?)?(.*)$/s.exec(e);u==="data"&&l.push(a)}}async function*NS(t){let l=new TextDecoder,
e="";for await(let u of t){e+=l.decode(u,{stream:!0});let a=e.split(/\r\n|\n|\r(?!$)/);e=a.pop()??"",yield*a}e.endsWith(
"\r")&&(yield e.slice(0,-1))}async function f1(t){let{response:l,result:e}=await s1(t),u=await zs(t,l,e);if(typeof u!="object"||u===null)throw mn(u,e);
return new ca(e,u)}async function o1(t){let{response:l,result:e}=await s1(t),a=l.headers.get("content-type")?.startsWith(
"text/event-stream")?MS(t,l,e):AS(await zs(t,l,e));return new fa(e,a)}async function s1({fetch:t,url:l,headers:e,body:u,
signal:a}){let n=performance.now(),i={method:"POST",headers:{"content-type":"application/json",...e},body:JSON.stringify(
u),signal:a},c=await t(l,i).catch(v=>{throw ac(a,"no answer: the network, the address, or not for pages of this site",v)}),
f=n1(c.headers,performance.now()-n);if(c.ok)return{response:c,result:f};let r=await zs({signal:a},c,f);throw cu(c.status,
r,f,c.headers.get("retry-after"))}async function zs({signal:t},l,e){let u=await l.text().catch(a=>{throw ac(t,"the answe\
r broke off",a,e)});try{return JSON.parse(u)}catch{return u}}async function*AS(t){yield t}async function*MS({signal:t},l,e){
let u=!1;for await(let a of c1(DS(l,t,e))){if(a==="[DONE]")return;let n=CS(a,e);if(hn(n))throw cu(null,n,e);u||=bs(n)!==
null,yield n}if(!u)throw ac(t,"the answer broke off",void 0,e)}async function*DS(t,l,e){let u=t.body.getReader();try{for(;;){
let{done:a,value:n}=await u.read().catch(i=>{throw ac(l,"the answer broke off",i,e)});if(a)return;yield n}}finally{u.cancel().
catch(()=>{})}}function CS(t,l){try{return JSON.parse(t)}catch(e){throw mn(t,l,e)}}function ac(t,l,e,u=null){return t?.aborted?
t.reason:new Wt({message:l,result:u,cause:e})}var nc={ms:1,s:1e3,m:6e4,h:36e5,d:864e5},v1=nc.m,US=30*nc.d,r1=5,ps=["per_token_in","per_token_out","total_cost"],d1=new Set(
[...ps,"per_cache_read_token","per_cache_write_token"]),pt=t=>new RangeError(t),kl=t=>JSON.stringify(t)??String(t);function HS(t){
if(typeof t!="string"||!/^[\x21-\x7e]+$/.test(t))throw pt("no token: a text without spaces");return`Bearer ${t}`}function Os(t){
if(typeof t=="string"&&/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(t))return t;throw pt(`${kl(t)} is no plain ASCII\
 without line breaks`)}function vn(t){if(typeof t!="boolean")throw pt(`${kl(t)} is neither true nor false`);return String(
t)}var RS=t=>vn(t)==="true"?"true":null;function y1(t){let l=typeof t=="string"?/^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(t):
null,e=l?Number(l[1])*nc[l[2]]:Number(t)*1e3;if(!l&&(typeof t!="number"||!Number.isFinite(t)))throw pt(`${kl(t)} is no d\
uration: 30s, 500ms, 5m, 1h, 30d, or a number of seconds`);return Math.round(e*1e6)/1e6}function xS(t){let l=y1(t);if(l%
1e3!==0||l!==0&&(l<v1||l>US))throw pt(`${kl(t)} is not 0, nor whole seconds from 60s to 30d`);return String(l/1e3)}var m1=(t,l,e)=>u=>{
let a=y1(u);if(a%1!==0||a<t||a>l)throw pt(`${kl(u)} is not ${e}, in whole milliseconds`);return String(a)};function qS(t){
if(typeof t=="number"&&Number.isInteger(t)&&t>=1&&t<=5)return String(t);throw pt(`${kl(t)} is no whole number from 1 to \
5`)}function YS(t){if(t==="constant"||t==="linear"||t==="exponential")return t;throw pt(`${kl(t)} is none of constant, l\
inear, exponential`)}var g1=t=>JSON.stringify(t).replace(/[^\x20-\x7e]/g,l=>`\\u${l.charCodeAt(0).toString(16).padStart(
4,"0")}`);function S1(t){if(typeof t=="object"&&t!==null&&!Array.isArray(t))return Object.entries(t);throw pt(`${kl(t)} \
is no object of names and values`)}function BS(t){let l=S1(t);if(l.length>r1)throw pt(`more than ${r1} entries`);for(let[
e,u]of l){if(e.startsWith("cf."))throw pt(`Cloudflare keeps names that begin with cf., such as ${e}`);if(!["string","num\
ber","boolean"].includes(typeof u)||typeof u=="number"&&!isFinite(u))throw pt(`${e} is neither text, number nor true/fal\
se`)}return g1(t)}function wS(t){let l=S1(t);if(!l.some(([e])=>ps.includes(e)))throw pt(`needs one of ${ps.join(", ")}`);
for(let[e,u]of l){if(!d1.has(e))throw pt(`there is no ${e}: there are ${[...d1].join(", ")}`);if(typeof u!="number"||!isFinite(
u)||u<0)throw pt(`${e} is no amount of money`)}return g1(t)}var h1=t=>l=>{if(typeof l=="string"&&l.length===t&&/^[0-9a-f]*[1-9a-f][0-9a-f]*$/.
test(l))return l;throw pt(`${kl(l)} is not ${t} lower-case hexadecimal digits, not all of them 0`)},_s={token:HS,cache_ttl:xS,
skip_cache:vn,cache_key:Os,metadata:BS,timeout:m1(1,nc.d,"1ms to 24h"),attempts:qS,retry_delay:m1(0,v1,"0 to 60s"),backoff:YS,
collect_log:vn,collect_payload:vn,custom_cost:wS,event_id:Os,byok_alias:Os,no_wholesale:RS,zdr:vn,otel_trace_id:h1(32),otel_parent_span_id:h1(
16)},GS={token:"authorization",timeout:"request-timeout",attempts:"max-attempts",collect_payload:"collect-log-payload"};
function ic(t){let l={};for(let[e,u]of Object.entries(t)){if(!Object.hasOwn(_s,e))throw new TypeError(`there is no optio\
n ${e}: there are ${Object.keys(_s).join(", ")}`);let a=u==null?null:jS(e,u);a!==null&&(l[`cf-aig-${GS[e]??e.replaceAll(
"_","-")}`]=a)}return l}function jS(t,l){try{return _s[t](l)}catch(e){throw new RangeError(`${t}: ${e.message}`)}}var b1=(t,{first:l,longest:e},u=Math.random)=>u()*Math.min(e,l*2**(t-1));function T1(t,l){let e=()=>{clearTimeout(a),globalThis.
removeEventListener?.("online",u)},u=()=>{e(),l()},a=setTimeout(u,t);return globalThis.addEventListener?.("online",u),e}var cc=class{#e=performance.now();constructor(l,e){this.text=l,this.resend=e,this.sent=!1,this.done=!1,this.result=null,
this.promise=new Promise((u,a)=>{this.resolve=u,this.reject=a}),this.release=()=>{}}resolve=()=>{};reject=()=>{};get canMove(){
return!this.sent||this.resend&&this.result===null}take({type:l,metadata:e,response:u,error:a}){l==="universal.error"?this.
fail(cu(null,{error:a},this.result)):l==="universal.created"?(this.result=i1(e,performance.now()-this.#e),hn(u)?this.fail(
cu(null,u,this.result)):this.begin(this.result,u)):l==="universal.stream"?this.part(u):l==="universal.done"&&this.end()}fail(l){
this.reject(l),this.end()}abort(l){this.fail(l)}begin(l,e){}part(l){}end(){this.done=!0}},fc=class extends cc{begin(l,e){
typeof e=="object"?this.resolve(new ca(l,e)):this.fail(mn(e,l)),this.end()}},oc=class extends cc{#e=[];#u=null;#l=()=>{};constructor(l,e,u){
super(l,e),this.leave=u}begin(l,e){e!==void 0&&(this.part(e),this.end()),this.resolve(new fa(l,this.#t()))}part(l){hn(l)?
this.fail(cu(null,l,this.result)):this.#e.push(l),this.#l()}end(){super.end(),this.#l()}fail(l){this.#u??={reason:l},super.
fail(l)}abort(l){this.#e.length=0,this.fail(l)}async*#t(){try{for(;;){let l=this.#e.shift();if(l!==void 0)yield l;else{if(this.#u!==
null)throw this.#u.reason;if(this.done)return;await new Promise(e=>this.#l=()=>e(void 0))}}}finally{this.leave()}}};var XS=1,QS="realtime",VS="cf-aig-authorization.",sc=class extends EventTarget{#e;#u;#l=null;#t=new Map;#n=0;#f=()=>{};constructor({
url:l,token:e,WebSocket:u},{resend:a=!1,reconnects:n=6,first:i=500,longest:c=3e4}){if(super(),e!==null&&!/^[\w!#$%&'*+.^`|~-]+$/.
test(e))throw new RangeError("token: has characters that browsers cannot send with a WebSocket");this.#e={url:l.replace(
/^http/,"ws"),token:e,WebSocket:u},this.#u={resend:a,reconnects:n,first:i,longest:c},this.state="idle"}async chat(l,e={}){
if(l.stream)throw new TypeError("stream(body) asks for a stream");return this.ask({provider:"compat",endpoint:"chat/comp\
letions",query:l},e)}async stream(l,e={}){let u={...l,stream:!0},{id:a,text:n,resend:i}=this.#o({provider:"compat",endpoint:"\
chat/completions",query:u},e),c=new oc(n,i,()=>this.#h(a,c));return this.#s(a,c,e.signal)}async ask(l,e={}){let{id:u,text:a,
resend:n}=this.#o(l,e);return this.#s(u,new fc(a,n),e.signal)}close(){this.#i(()=>!0,new DOMException("the connection wa\
s closed","AbortError")),this.#f(),this.#v(),this.#a("closed")}#o(l,{signal:e,headers:u,event_id:a,resend:n=this.#u.resend,
...i}){if(this.state==="closed")throw new TypeError("the connection is closed");let c=a??LS();if(this.#t.has(c))throw new RangeError(
`event_id: ${c} waits for its answer already`);let f={eventId:c,...l,headers:{...ic({...i,event_id:a}),...u}};return{id:c,
text:JSON.stringify({type:"universal.create",request:f}),resend:n}}async#s(l,e,u){u?.throwIfAborted();let a=()=>{this.#h(
l,e),e.abort(u?.reason)};return u?.addEventListener("abort",a),e.release=()=>u?.removeEventListener("abort",a),this.#t.set(
l,e),this.#r(),e.promise}#r(){if(this.#l===null&&this.state!=="waiting"&&this.#d(),this.#l?.readyState===XS)for(let l of this.#t.
values())l.sent||(l.sent=!0,this.#l.send(l.text))}#d(){let l=this.#y();this.#l=l,l!==null&&(this.#a("connecting"),l.addEventListener(
"open",()=>{l===this.#l&&(this.#a("open"),this.#r())}),l.addEventListener("message",({data:e})=>{l===this.#l&&this.#g(e)}),
l.addEventListener("error",()=>{}),l.addEventListener("close",({code:e})=>{l===this.#l&&this.#b(e)}))}#y(){let{url:l,token:e,
WebSocket:u}=this.#e;try{return new u(l,e===null?[]:[QS,VS+e])}catch(a){return this.#m(new Wt({message:"this page may no\
t connect there",cause:a})),null}}#g(l){let e=ZS(l),u=e.metadata?.eventId??this.#S(e),a=this.#t.get(u);a&&(this.#n=0,a.take(
e),a.done&&this.#c(u))}#S({type:l}){return l==="universal.error"&&this.#t.size===1?[...this.#t.keys()][0]:null}#b(l){this.#l=
null;let e=`the connection was cut (${l})`;this.#i(a=>!a.canMove,new Wt({message:e}));for(let a of this.#t.values())a.sent=
!1;if(this.#t.size===0){this.#n=0,this.#a("idle");return}if(this.#n+=1,this.#n<=this.#u.reconnects){this.#T();return}let u=`\
no connection (${l}): the address, the token, or the network`;this.#m(new Wt({message:u}))}#T(){this.#a("waiting"),this.#f=
T1(b1(this.#n,this.#u),()=>{this.state==="waiting"&&(this.#t.size===0?this.#a("idle"):this.#d())})}#m(l){this.#n=0,this.#a(
"idle"),this.#i(()=>!0,l)}#h(l,e){this.#t.get(l)===e&&(this.#c(l),e.sent&&this.#t.size===0&&(this.#v(),this.#a("idle")))}#v(){
let l=this.#l;this.#l=null,l?.close(1e3)}#i(l,e){for(let[u,a]of[...this.#t])l(a)&&(this.#c(u),a.fail(e))}#c(l){this.#t.get(
l)?.release(),this.#t.delete(l)}#a(l){this.state!==l&&(this.state=l,this.dispatchEvent(new Event("statechange")))}};function ZS(t){
try{return JSON.parse(String(t))??{}}catch{return{}}}function LS(){let t=crypto.getRandomValues(new Uint8Array(16));return Array.
from(t,l=>l.toString(16).padStart(2,"0")).join("")}var KS="https://gateway.ai.cloudflare.com/v1",E1="compat/chat/completions",oa=class{#e;#u;#l;constructor({account:l,gateway:e,
base_url:u=KS,url:a,token:n=null,fetch:i,WebSocket:c}){if(this.root=z1(a??`${z1(u)}/${O1("account",l)}/${O1("gateway",e)}`),
!/^https?:$/.test(new URL(this.root).protocol))throw new TypeError(`${this.root} is no http(s) address`);this.#e=n,this.#u=
i??globalThis.fetch.bind(globalThis),this.#l=c??globalThis.WebSocket}headers(l={}){return ic({token:this.#e,...l})}async chat(l,e={}){
if(l.stream)throw new TypeError("stream(body) asks for a stream");return this.post(E1,l,e)}async stream(l,e={}){return o1(
this.#t(E1,{...l,stream:!0},e))}async post(l,e,u={}){return f1(this.#t(l,e,u))}connect(l={}){return new sc({url:this.root,
token:this.#e,WebSocket:this.#l},l)}#t(l,e,{signal:u,headers:a,...n}){let i=`${this.root}/${l}`;return{fetch:this.#u,url:i,
headers:{...this.headers(n),...a},body:e,signal:u}}},z1=t=>t.replace(/\/+$/,"");function O1(t,l){if(l&&!/[/?#\\%\s]/.test(
l)&&l!=="."&&l!=="..")return l;throw new TypeError(`${t}: ${JSON.stringify(l)} is no part of an address`)}function p1({gateways:t,edges:l}){let e=new Map(t.map(u=>[u.id,u.models]));return[...t.map(({id:u,models:a})=>({id:u,label:u,
gateway:u,models:a,url:null,wantsToken:!1,problem:""})),...l.map(({worker:u,gateway:a,url:n,open:i,problem:c})=>({id:`ed\
ge ${u}`,label:`${a} via ${u}`,gateway:a,models:e.get(a)??[],url:n,wantsToken:!i,problem:c}))]}function Ns({account:t,token:l},e,u){
return e.url!==null?new oa({url:e.url,token:u||null}):new oa({account:t,gateway:e.gateway,base_url:`${location.origin}/v\
1`,token:l})}var JS=20,$S=150;async function _1({account:t,read_token:l},e,u){let a=`/client/v4/accounts/${t}/ai-gateway\
/gateways/${encodeURIComponent(e)}/logs/${u}`;for(let n=JS;n>0;n-=1){let i=await fetch(a,{headers:{authorization:`Bearer\
 ${l}`}}).catch(()=>null);if(i?.ok)return(await i.json()).result;await new Promise(c=>setTimeout(c,$S))}return null}var kS=Object.freeze({text:"",state:"waiting",result:null,provider:null,model:null,cost:null,duration:null,error:null});
function N1(t,l,e){let[u,a]=(0,vl.useState)([]),[n,i]=(0,vl.useState)(null),{socketTo:c,connection:f}=IS(t),r=(0,vl.useRef)(
0),v=(s,h)=>a(b=>b.map(E=>E.id===s?{...E,...h}:E));return{exchanges:u,send:async s=>{if(l===void 0||n!==null)return;let{
inParts:h,overSocket:b}=ia[e.way],E=r.current+=1,O=new AbortController;i(O),a(T=>[...T,{...kS,id:E,question:s,where:l.label,
inParts:h}]);let d={},o=T=>v(E,d={...d,...T}),m=[...e.withHistory?WS(u):[],{role:"user",content:s}];try{let T=b?c(l,e.token):
Ns(t,l,e.token),{model:D,skipCache:z}=e;await t1({caller:T,model:D,messages:m,inParts:h,skipCache:z,signal:O.signal},o)}catch(T){
o({state:"failed",error:T})}i(null);let g=d.result?.log_id;g&&o(FS(d,await _1(t,l.gateway,g)))},running:n,stop:()=>n?.abort(),
clear:()=>a([]),connection:f}}var WS=t=>t.filter(({state:l})=>l==="done").flatMap(({question:l,text:e})=>[{role:"user",content:l},
{role:"assistant",content:e}]),FS=({provider:t,model:l,cost:e},u)=>({provider:t??u?.provider??"–",model:l??u?.model??"\
–",cost:e??u?.cost??null});function IS(t){let l=(0,vl.useRef)(null),[e,u]=(0,vl.useState)("idle");return(0,vl.useEffect)(
()=>()=>l.current?.socket.close(),[]),{socketTo:(0,vl.useCallback)((n,i)=>{let c=`${n.id} ${i}`;if(l.current?.key===c)return l.
current.socket;l.current?.socket.close();let f=Ns(t,n,i).connect({resend:!0});return f.addEventListener("statechange",()=>u(
f.state)),l.current={key:c,socket:f},f},[t]),connection:e}}function A1(t){if(t<=0)return"$0";let l=Math.max(2,1-Math.floor(Math.log10(t)));return`$${t.toFixed(l)}`}var As=t=>t<1e3?
`${Math.max(1,Math.round(t))} ms`:`${(t/1e3).toFixed(1)} s`,PS=[[uu,"The budget is spent"],[eu,"Too many requests"],[au,
"Blocked by a guardrail"],[lu,"Not allowed"],[nu,"The request is wrong"],[iu,"The other side failed"],[Wt,"No answer, or\
 not all of it"]],t2={gateway:"the gateway",edge:"the edge",provider:"the provider",network:"the connection"};function rc(t){
if(!(t instanceof wt))return{title:"It could not be asked",text:String(t),details:""};let l=PS.find(([u])=>t instanceof u)?.[1]??
"It did not work",e=[`told by ${t2[t.from]}`,t.status===null?null:`HTTP ${t.status}`,t.code===null?null:`code ${t.code}`,
t.retryAfter===null?null:`try again in ${Math.ceil(t.retryAfter)} s`];return{title:l,text:t.message,details:e.filter(u=>u!==
null).join(" · ")}}var tt=_t(hl(),1);function M1({exchange:t,again:l}){let{question:e,text:u,state:a,where:n}=t;return(0,tt.jsxs)("li",{className:"\
exchange","aria-busy":a==="waiting"||a==="answering",children:[(0,tt.jsx)("h3",{className:"hidden",children:"You asked"}),
(0,tt.jsx)("p",{className:"question",children:e}),(0,tt.jsx)("h3",{className:"hidden",children:"Answer"}),a==="waiting"&&
(0,tt.jsxs)("p",{className:"soft",children:["Asking ",n," …"]}),u!==""&&(0,tt.jsxs)("p",{className:"answer",children:[
u,a==="answering"&&(0,tt.jsx)("span",{className:"cursor","aria-hidden":"true"})]}),a==="stopped"&&(0,tt.jsx)("p",{className:"\
soft",children:"Stopped."}),a==="failed"&&(0,tt.jsx)(l2,{error:t.error,again:l}),t.result!==null&&(0,tt.jsx)(e2,{exchange:t})]})}
function l2({error:t,again:l}){let{title:e,text:u,details:a}=rc(t);return(0,tt.jsxs)("div",{className:"failure",children:[
(0,tt.jsx)("p",{className:"title",children:e}),(0,tt.jsx)("p",{children:u}),a!==""&&(0,tt.jsx)("p",{className:"soft",children:a}),
(0,tt.jsx)("button",{type:"button",className:"quiet",onClick:l,children:"Ask again"})]})}function e2({exchange:t}){let{result:l,
provider:e,model:u,cost:a,duration:n,state:i,inParts:c}=t;if(l===null)return null;let f=[["Provider",e??"…"],["Model",
u??"…"],["Cache",l.cache===null?"off":(0,tt.jsx)("span",{className:l.cached?"hit":"",children:l.cache})],["Step",l.step??
"–"],["Cost",a===null?i==="done"?"…":"–":A1(a)],["Latency",n===null?"…":As(n)]];return c&&f.push(["First byte",As(
l.latency)]),(0,tt.jsx)("dl",{className:"facts","aria-label":"About this answer",children:f.map(([r,v])=>(0,tt.jsxs)("di\
v",{children:[(0,tt.jsx)("dt",{children:r}),(0,tt.jsx)("dd",{children:v})]},r))})}var lt=_t(hl(),1),u2="(max-width: 40rem)";function D1({setup:t}){let[l]=(0,Me.useState)(()=>p1(t)),[e,u]=(0,Me.useState)(
()=>n2(l)),a=l.find(({id:b})=>b===e.target),{exchanges:n,send:i,running:c,stop:f,clear:r,connection:v}=N1(t,a,e),y=(0,Me.useRef)(
null),[s]=(0,Me.useState)(()=>!matchMedia(u2).matches);(0,Me.useEffect)(()=>{y.current?.scrollIntoView({block:"end"})},[
n]);let h=b=>{let E=l.find(({id:O})=>O===b.target);u(O=>({...O,...b,...E&&{model:E.models[0]??O.model,token:""}}))};return(0,lt.jsxs)(
lt.Fragment,{children:[(0,lt.jsxs)("header",{children:[(0,lt.jsx)("h1",{children:"Chat"}),(0,lt.jsx)("nav",{"aria-label":"\
Pages",children:(0,lt.jsx)("a",{href:"/",children:"Local Cloudflare"})})]}),(0,lt.jsxs)("main",{children:[l.length===0?(0,lt.jsx)(
a2,{}):(0,lt.jsx)(e1,{targets:l,choice:e,change:h,open:s}),(0,lt.jsxs)("section",{className:"conversation","aria-labelle\
dby":"conversation",children:[(0,lt.jsx)("h2",{id:"conversation",className:"hidden",children:"Conversation"}),n.length===
0&&l.length>0&&(0,lt.jsx)("p",{className:"soft empty",children:"Ask something."}),(0,lt.jsx)("ol",{className:"exchanges",
children:n.map(b=>(0,lt.jsx)(M1,{exchange:b,again:()=>i(b.question)},b.id))}),(0,lt.jsx)("div",{ref:y,className:"end"})]}),
(0,lt.jsx)("p",{className:"hidden",role:"status",children:i2(n.at(-1))}),(0,lt.jsx)(Ph,{send:i,stop:f,clear:n.length>0?r:
null,running:c!==null,ready:a!==void 0&&a.problem==="",connection:ia[e.way].overSocket?v:null})]})]})}var a2=()=>(0,lt.jsxs)(
"p",{className:"failure",children:["There is no gateway yet. Make one with ",(0,lt.jsx)("code",{children:"cfaig apply -e\
 local"}),", and load this page again."]});function n2(t){let l=t.find(({models:u})=>u.length>1)??t[0],[e=""]=l?.models??
[];return{target:l?.id??"",token:"",model:e,way:"whole",skipCache:!1,withHistory:!1}}function i2(t){if(t===void 0)return"";
let{state:l,text:e,result:u,error:a}=t;if(l==="done")return`Answer${u?.cached?" from the cache":""}: ${e}`;if(l==="stopp\
ed")return"Stopped.";if(l!=="failed")return"Asking.";let{title:n,text:i}=rc(a);return`${n}: ${i}`}var C1=`/* The palette is that of the local page (cfaig/local/page_style.py). */
:root {
  color-scheme: light dark;
  --ink: #1b1b1f;
  --soft: #60606b;
  --line: #dcdce3;
  --paper: #fbfbfd;
  --box: #f1f1f5;
  --accent: #b34a00;
  --on-accent: #fff;
  --good: #0b6b3a;
  --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9e9ee;
    --soft: #a2a2ad;
    --line: #34343c;
    --paper: #141417;
    --box: #1f1f24;
    --accent: #ff9e5e;
    --on-accent: #1b1b1f;
    --good: #6fd39a;
    --bad: #ff8a80;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font:
    1rem/1.55 system-ui,
    -apple-system,
    "Segoe UI",
    Roboto,
    "Helvetica Neue",
    sans-serif;
}
#chat,
main {
  display: flex;
  flex-direction: column;
}
#chat {
  min-height: 100dvh;
  max-width: 46rem;
  margin: 0 auto;
  padding: 0 1.25rem;
}
header {
  display: flex;
  justify-content: space-between;
  align-items: baseline;
  padding: 1.25rem 0 0.75rem;
}
h1 {
  font-size: 1.5rem;
  line-height: 1.2;
  margin: 0;
  letter-spacing: -0.015em;
}
a {
  color: var(--accent);
}
.soft,
dt {
  color: var(--soft);
}
.hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

.settings {
  border: 1px solid var(--line);
  border-radius: 0.6rem;
  padding: 0.5rem 0.9rem;
}
.settings[open] {
  padding-bottom: 0.75rem;
}
summary {
  cursor: pointer;
  overflow-wrap: anywhere;
}
.fields {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
  gap: 0.6rem 1rem;
  margin-top: 0.75rem;
}
.field,
.composer {
  display: flex;
  flex-direction: column;
  gap: 0.2rem;
}
.field > label,
.composer > label,
.note,
.keys {
  font-size: 0.85rem;
}
.note {
  margin: 0.6rem 0 0;
}
.checks {
  display: flex;
  flex-wrap: wrap;
  gap: 0.2rem 1.5rem;
  margin-top: 0.6rem;
}
.check {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  min-height: 1.75rem;
}
input,
select,
textarea,
button {
  font: inherit;
  color: inherit;
  border-radius: 0.45rem;
}
input:not([type="checkbox"]),
select,
textarea {
  width: 100%;
  min-height: 2.5rem;
  padding: 0.4rem 0.6rem;
  border: 1px solid var(--soft);
  background: var(--paper);
}
input[type="checkbox"] {
  width: 1.1rem;
  height: 1.1rem;
  accent-color: var(--accent);
}

main,
.conversation {
  flex: 1;
}
.conversation {
  padding: 0.5rem 0;
}
.empty {
  text-align: center;
  margin: 3rem 0;
}
.exchanges {
  list-style: none;
  margin: 0;
  padding: 0;
}
.exchange {
  padding: 1rem 0;
}
.exchange + .exchange {
  border-top: 1px solid var(--line);
}
.exchange p {
  margin: 0 0 0.5rem;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.question {
  width: fit-content;
  max-width: 85%;
  margin-left: auto !important;
  padding: 0.5rem 0.85rem;
  border-radius: 0.9rem 0.9rem 0.2rem 0.9rem;
  background: var(--box);
}
.cursor {
  display: inline-block;
  width: 0.5em;
  height: 1em;
  margin-left: 0.15em;
  vertical-align: text-bottom;
  background: var(--accent);
  animation: blink 1s steps(2) infinite;
}
@keyframes blink {
  50% {
    opacity: 0;
  }
}
@media (prefers-reduced-motion: reduce) {
  .cursor {
    animation: none;
  }
}
.facts {
  display: flex;
  flex-wrap: wrap;
  gap: 0.35rem 1.25rem;
  margin: 0;
  font-size: 0.85rem;
  font-variant-numeric: tabular-nums;
}
.facts dt,
.facts dd {
  line-height: 1.4;
  margin: 0;
  overflow-wrap: anywhere;
}
.hit {
  color: var(--good);
  font-weight: 600;
}
.failure {
  border-left: 3px solid var(--bad);
  padding: 0.25rem 0 0.25rem 0.85rem;
}
.failure .title {
  color: var(--bad);
  font-weight: 600;
}
.failure p:last-of-type {
  margin-bottom: 0.25rem;
}

.composer {
  position: sticky;
  bottom: 0;
  padding: 0.75rem 0 1rem;
  border-top: 1px solid var(--line);
  background: var(--paper);
}
.row {
  display: flex;
  gap: 0.6rem;
  align-items: stretch;
}
textarea {
  resize: vertical;
  max-height: 40dvh;
  field-sizing: content;
}
button {
  min-width: 4.5rem;
  min-height: 2.5rem;
  padding: 0.4rem 0.9rem;
  border: 1px solid transparent;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
  cursor: pointer;
}
button:disabled {
  opacity: 0.55;
  cursor: default;
}
.stop,
.quiet {
  background: none;
  border-color: currentcolor;
  color: var(--bad);
}
.quiet {
  color: var(--ink);
  font-weight: 400;
}
.link {
  min-width: 0;
  min-height: 1.75rem;
  padding: 0 0.1rem;
  background: none;
  color: var(--accent);
  font-weight: 400;
  text-decoration: underline;
}
.keys {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  align-items: center;
  gap: 0.2rem 1rem;
  margin: 0.25rem 0 0;
}
.connection[data-state="waiting"] {
  color: var(--bad);
}
.end {
  scroll-margin-bottom: 11rem;
}
@media (max-width: 40rem) {
  #chat {
    padding: 0 0.9rem;
  }
  .keys > span:first-child {
    display: none;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
  }
}
`;var R1=_t(hl(),1),H1=new CSSStyleSheet;H1.replaceSync(C1);document.adoptedStyleSheets=[H1];var f2=JSON.parse(document.getElementById(
"setup")?.textContent??"");(0,U1.createRoot)(document.getElementById("chat")).render((0,R1.jsx)(D1,{setup:f2}));
/*! Bundled license information:

scheduler/cjs/scheduler.production.js:
  (**
   * @license React
   * scheduler.production.js
   *
   * Copyright (c) Meta Platforms, Inc. and affiliates.
   *
   * This source code is licensed under the MIT license found in the
   * LICENSE file in the root directory of this source tree.
   *)

react/cjs/react.production.js:
  (**
   * @license React
   * react.production.js
   *
   * Copyright (c) Meta Platforms, Inc. and affiliates.
   *
   * This source code is licensed under the MIT license found in the
   * LICENSE file in the root directory of this source tree.
   *)

react-dom/cjs/react-dom.production.js:
  (**
   * @license React
   * react-dom.production.js
   *
   * Copyright (c) Meta Platforms, Inc. and affiliates.
   *
   * This source code is licensed under the MIT license found in the
   * LICENSE file in the root directory of this source tree.
   *)

react-dom/cjs/react-dom-client.production.js:
  (**
   * @license React
   * react-dom-client.production.js
   *
   * Copyright (c) Meta Platforms, Inc. and affiliates.
   *
   * This source code is licensed under the MIT license found in the
   * LICENSE file in the root directory of this source tree.
   *)

react/cjs/react-jsx-runtime.production.js:
  (**
   * @license React
   * react-jsx-runtime.production.js
   *
   * Copyright (c) Meta Platforms, Inc. and affiliates.
   *
   * This source code is licensed under the MIT license found in the
   * LICENSE file in the root directory of this source tree.
   *)
*/
