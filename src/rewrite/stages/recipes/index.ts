import type { Recipe } from '../recipe.ts';
import { dotnet } from './dotnet.ts';
import { elixir } from './elixir.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { native } from './native.ts';
import { node } from './node.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';

/** In the order in which they are tried: what compiles to a program before what is interpreted, C last, as all use it. */
export const recipes: readonly Recipe[] = [go, rust, dotnet, java, elixir, node, python, php, ruby, native];
