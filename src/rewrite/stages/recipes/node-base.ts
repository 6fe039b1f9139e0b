import type { Texts } from '../assets.ts';
import { type RuntimeBase, slimOf } from '../base.ts';
import type { View } from '../view.ts';
import { lockedIn, manifestsOf } from './node-project.ts';

/** Packages that are linked to, or start, what only the full image has. */
const needsFull =
  /^(?:puppeteer|playwright|canvas|node-rdkafka|kafka-node|libxmljs\d*|gm|imagemagick|easyimage|sodium-native|nodegit|mysql-native|ibm_db|oracledb|odbc|youtube-dl-exec|python-shell|zeromq|node-expat|mapnik|gdal|gdal-async|opencv4nodejs|@tensorflow\/tfjs-node|node-libcurl|sqlcipher|leveldown|rocksdb|grpc|fibers|deasync|node-ffi|ffi-napi|usb|serialport|pcap|node-sass|wrtc|heapdump|libpq|node-snap7|ref-napi)$/;

/** Packages with scripts of their own that bring, or compile, all that they need. */
const bringsAll =
  /^(?:bcrypt|argon2|sharp|esbuild|better-sqlite3|sqlite3|bufferutil|utf-8-validate|core-js(?:-pure)?|protobufjs|@swc\/core|nx|cpu-features|ssh2|msgpackr-extract|@parcel\/watcher|@prisma\/(?:client|engines)|prisma|@nestjs\/core|es5-ext|husky|fsevents|unrs-resolver|@scarf\/scarf|nodemon|styled-components|@apollo\/protobufjs|dtrace-provider|vue-demi|iltorb|snappy|bson-ext|@sentry\/cli|@sentry\/profiling-node|dd-trace|@datadog\/\S+|microtime|farmhash|xxhash|ursa-optional|kerberos|@firebase\/util|oniguruma|re2|@tailwindcss\/oxide|lightningcss|lmdb|ejs|preact|postinstall-postinstall|opencollective(?:-postinstall)?|yarn|workerd|@mapbox\/node-pre-gyp)$/;

/** The slim image where the context shows that no program needs what it lacks; else the image itself. */
export function baseOf(view: View, { isWhole }: Texts): RuntimeBase {
  const { rootImage } = view.stage;
  const same: RuntimeBase = { base: rootImage!.text, packages: [], assumes: [] };
  const slim = slimOf(rootImage!);
  if (slim === undefined || slim === rootImage!.text || !view.context || !isWhole) return same;
  const names = manifestsOf(view).flatMap((it) => Object.keys({ ...it.dependencies, ...it.optionalDependencies }));
  const locked = Object.entries(lockedIn(view)).filter(([, { dev }]) => dev !== true);
  const all = new Set([...names, ...locked.map(([path]) => path.replace(/^.*node_modules\//, ''))]);
  if ([...all].some((it) => needsFull.test(it))) return same;
  const scripted = locked.filter(([path, { hasInstallScript }]) => hasInstallScript === true && path !== '');
  if (scripted.some(([path]) => !bringsAll.test(path.replace(/^.*node_modules\//, '')))) return same;
  if (linksLibraries(view)) return same;
  return {
    base: slim,
    packages: [
      ...(all.has('@prisma/client') || all.has('prisma') ? ['openssl'] : []),
      ...(all.has('pg-native') ? ['libpq5'] : []),
    ],
    assumes: locked.length > 0 || all.size === 0 ? [] : [`no dependency needs a library that ${slim} lacks`],
  };
}

/** Whether an addon of the project is linked to libraries. */
const linksLibraries = ({ context }: View): boolean =>
  context!
    .files()
    .some(
      ({ path }) =>
        /(?:^|\/)binding\.gyp$/.test(path) && /"?libraries"?\s*['"]?\s*:|-l\w/.test(context!.read(path) ?? ''),
    );
