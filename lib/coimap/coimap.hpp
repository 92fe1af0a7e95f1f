#pragma once
// Everything that a program needs to speak IMAP.

#include "coimap/client/client.hpp"
#include "coimap/client/race.hpp"
#include "coimap/client/resync.hpp"
#include "coimap/core/error.hpp"
#include "coimap/core/printable.hpp"
#include "coimap/sasl/credentials.hpp"
