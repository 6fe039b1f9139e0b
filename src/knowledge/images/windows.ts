/** Images of Windows, whose shell is cmd and whose paths have drives: by the beginning of registry and repository. */
export const windowsImages: readonly string[] = [
  'mcr.microsoft.com/windows',
  'mcr.microsoft.com/dotnet/framework/',
  'mcr.microsoft.com/businesscentral',
  'docker.io/microsoft/windowsservercore',
  'docker.io/microsoft/nanoserver',
];

/** Parts of names and tags that only images of Windows have: `golang:1.25-nanoserver`, `$REGISTRY/windows/servercore`. */
export const windowsParts =
  /(?:^|[/:-])(?:windowsservercore|windows-?server-?core|nanoserver|servercore)(?![a-z])|\/windows\/server(?![a-z])/;
