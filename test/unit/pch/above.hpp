// What the tests of the client include, read once; see below.hpp.
#include "support/scripted_peer.hpp"

#include <asio/error.hpp>
