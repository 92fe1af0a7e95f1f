# Perl's Mail::IMAPClient: a hash a message, whose ENVELOPE and BODYSTRUCTURE stay texts.

use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::SSL;
use Mail::IMAPClient;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID CLOCK_REALTIME);

$| = 1;
$SIG{__DIE__} = sub {
    return if $^S;    # within an eval of the library
    print STDERR @_;
    exit 1;
};
my $workload = shift;
my %asked    = (host => '127.0.0.1', tls => 'no', mailbox => 'INBOX', count => 1, map { split /=/, $_, 2 } @ARGV);
my $count    = $asked{count};

# The socket is made here: the certificate's name is not the address.
sub connect_to_server {
    my $socket = $asked{tls} eq 'yes'
        ? IO::Socket::SSL->new(
            PeerAddr      => $asked{host},
            PeerPort      => $asked{port},
            SSL_ca_file   => $asked{ca},
            SSL_hostname  => 'localhost',
            SSL_verifycn_name   => 'localhost',
            SSL_verifycn_scheme => 'imap',
        )
        : IO::Socket::INET->new(PeerAddr => $asked{host}, PeerPort => $asked{port});
    die "connect: $@ $!\n" if !$socket;
    my $client = Mail::IMAPClient->new(Socket => $socket, Uid => 1, Peek => 1);
    die "no greeting\n" if !$client;
    return $client;
}

sub open_mailbox {
    my $client = connect_to_server();
    $client->User($asked{user});
    $client->Password($asked{password});
    $client->login                    or die 'login: ' . $client->LastError . "\n";
    $client->select($asked{mailbox}) or die 'select: ' . $client->LastError . "\n";
    return $client;
}

sub memory_kib {
    my ($name) = @_;
    open my $status, '<', '/proc/self/status' or die;
    my ($kib) = map { /^$name:\s*(\d+)/ ? $1 : () } <$status>;
    return $kib;
}

# Perl has no getrusage(2) at hand: the sum of user and sys is exact, their parts are of 10 ms.
sub cpu {
    return (clock_gettime(CLOCK_PROCESS_CPUTIME_ID), (times)[1]);
}

sub cpu_since {
    my ($both, $sys) = @_;
    $both = clock_gettime(CLOCK_PROCESS_CPUTIME_ID) - $both;
    $sys  = (times)[1] - $sys;
    $sys  = $both if $sys > $both;
    return sprintf '"user":%.6f,"sys":%.6f', $both - $sys, $sys;
}

sub measure {
    my ($work) = @_;
    my @before = cpu();
    my $start  = clock_gettime(CLOCK_MONOTONIC);
    my ($items, $bytes) = $work->();
    my $wall = clock_gettime(CLOCK_MONOTONIC) - $start;
    printf qq({"items":%d,"bytes":%d,"wall":%.6f,%s,"peak_kib":%d}\n),
        $items, $bytes // 0, $wall, cpu_since(@before), memory_kib('VmHWM');
}

sub metadata {
    my ($client) = @_;
    my $found = $client->fetch_hash('1:*', qw(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE));
    return scalar keys %$found;
}

sub bodies {
    my ($client) = @_;
    my $found = $client->fetch_hash('1:*', 'BODY.PEEK[]') or die $client->LastError . "\n";
    my $bytes = 0;
    $bytes += length $_->{'BODY[]'} for values %$found;
    return (scalar keys %$found, $bytes);
}

package Sink {
    my $octets = 0;
    sub TIEHANDLE { return bless {}, shift }
    sub BINMODE   { return 1 }
    sub PRINT     { my ($self, @texts) = @_; $octets += length for @texts; return 1 }
    sub octets    { return $octets }
}

# Its only way that does not keep the body twice.
sub literal {
    my ($client) = @_;
    tie *SINK, 'Sink';
    $client->message_to_file(\*SINK, '1:*') or die $client->LastError . "\n";
    return (1, Sink::octets());
}

sub roundtrip {
    my ($client) = @_;
    $client->noop or die $client->LastError . "\n" for 1 .. $count;
    return $count;
}

sub store {
    my ($client) = @_;
    $client->store($_, '+FLAGS.SILENT', '(\Seen)') or die $client->LastError . "\n" for 1 .. $count;
    return $count;
}

sub connects {
    connect_to_server()->logout for 1 .. $count;
    return $count;
}

sub idle {
    connect_to_server()->logout;
    my $before = memory_kib('VmRSS');
    my $select = IO::Select->new;
    my %clients;
    for (1 .. $count) {
        my $client = open_mailbox();
        $client->idle or die $client->LastError . "\n";
        $clients{fileno $client->Socket} = $client;
        $select->add($client->Socket);
    }
    printf qq({"idling":%d,"rss_before_kib":%d,"rss_kib":%d}\n), $count, $before, memory_kib('VmRSS');
    my @start = cpu();
    my @received;
    while (@received < $count) {
        for my $socket ($select->can_read) {
            next if !grep {/EXISTS/} $clients{fileno $socket}->idle_data;
            push @received, int(clock_gettime(CLOCK_REALTIME) * 1e6);
            $select->remove($socket);
        }
    }
    printf qq({"events":%d,%s,"received_us":[%s]}\n), scalar @received, cpu_since(@start), join ',', @received;
    $_->Socket->close for values %clients;
}

my %workloads = (metadata => \&metadata, bodies => \&bodies, literal => \&literal,
    roundtrip => \&roundtrip, store => \&store);
if ($workload eq 'idle') {
    idle();
}
elsif ($workload eq 'connect') {
    measure(\&connects);
}
elsif ($workloads{$workload}) {
    my $client = open_mailbox();
    measure(sub { $workloads{$workload}->($client) });
    $client->logout;
}
else {
    print STDERR "Mail::IMAPClient cannot do $workload\n";
    exit 3;
}
